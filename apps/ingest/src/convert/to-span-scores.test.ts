import { toCanonical } from '@clew/semconv/normalise'
import type { AttributeMap, DecodedSpan } from '@clew/semconv/span'
import { expect, test } from 'vitest'
import { toSpanScores } from './to-span-scores.ts'

const decoded: DecodedSpan = {
  traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
  spanId: '00f067aa0ba902b7',
  name: 'answer',
  otlpKind: 1,
  startTimeUnixNano: '1763680000000000001',
  endTimeUnixNano: '1763680000000000002',
  statusCode: 0,
  attributes: {},
  events: [],
  links: [],
  scope: { name: 'test', attributes: {} },
  resource: {},
}

function scoresOf(attributes: AttributeMap, events: DecodedSpan['events'] = []) {
  return toSpanScores(toCanonical({ ...decoded, attributes, events }))
}

test('annotations and evaluations of a span, its trace and its session are scores of each', () => {
  const scores = scoresOf({
    'session.id': 'chat-1',
    'annotations.0.annotation.name': 'helpful',
    'annotations.0.annotation.score': 0.5,
    'annotations.0.annotation.label': 'partly',
    'annotations.0.annotation.explanation': 'half of it',
    'annotations.0.annotation.annotator_kind': 'HUMAN',
    'annotations.1.annotation.name': 'tone',
    'annotations.1.annotation.label': 'kind',
    'evaluations.0.evaluation.name': 'faithful',
    'evaluations.0.evaluation.score': 1n,
    'trace.annotations.0.annotation.name': 'resolved',
    'trace.annotations.0.annotation.score': true,
    'session.evaluations.0.evaluation.name': 'csat',
    'session.evaluations.0.evaluation.score': 4,
  })
  const spanId = decoded.spanId
  expect(scores.map(({ id: _id, traceId: _traceId, atUnixNano: _at, ...score }) => score)).toEqual([
    { name: 'helpful', value: 0.5, by: 'human', comment: 'partly: half of it', spanId, sessionId: 'chat-1' },
    { name: 'tone', value: 'kind', by: 'app', spanId, sessionId: 'chat-1' },
    { name: 'faithful', value: 1, by: 'app', spanId, sessionId: 'chat-1' },
    { name: 'resolved', value: true, by: 'app', sessionId: 'chat-1' },
    { name: 'csat', value: 4, by: 'app', sessionId: 'chat-1' },
  ])
  expect(new Set(scores.map(({ id }) => id)).size).toBe(5)
})

test('an evaluation event is a score at its time, the same however often the span is sent', () => {
  const event = {
    name: 'gen_ai.evaluation.result',
    timeUnixNano: '1763680000000000005',
    attributes: {
      'gen_ai.evaluation.name': 'relevance',
      'gen_ai.evaluation.score.value': 0.9,
      'gen_ai.evaluation.score.label': 'relevant',
      'gen_ai.evaluation.explanation': 'on the point',
    },
  }
  const [score] = scoresOf({}, [event])
  expect(score).toMatchObject({
    name: 'relevance',
    value: 0.9,
    comment: 'on the point',
    spanId: decoded.spanId,
    atUnixNano: '1763680000000000005',
  })
  expect(scoresOf({}, [event])).toEqual([score])
})

test.each([
  ['no name', { 'annotations.0.annotation.score': 1 }],
  ['no value', { 'annotations.0.annotation.name': 'x' }],
  [
    'a value that is not a number',
    { 'annotations.0.annotation.name': 'x', 'annotations.0.annotation.score': Number.NaN },
  ],
  ['another key that begins alike', { 'annotations.count': 1n, 'trace.id': 'x', 'session.id': 's' }],
])('%s is no score', (_what, attributes) => {
  expect(scoresOf(attributes)).toEqual([])
})

test('an annotation of a span that runs is the same score once the span has ended', () => {
  const attributes = { 'annotations.0.annotation.name': 'tone', 'annotations.0.annotation.label': 'kind' }
  const [running] = toSpanScores(toCanonical({ ...decoded, attributes, endTimeUnixNano: '0' }))
  const [ended] = scoresOf(attributes)
  expect(running?.id).toBe(ended?.id)
  const [other] = scoresOf({
    'annotations.1.annotation.name': 'tone',
    'annotations.1.annotation.label': 'brisk',
  })
  expect(other?.id).not.toBe(ended?.id)
})
