import { afterEach, beforeEach, expect, test } from 'vitest'

import { agentSpan, manualSpan, traced } from './span-functions.ts'
import { task } from './task.ts'
import { startRig } from '../testing/start-rig.ts'
import type { Rig } from '../testing/start-rig.ts'

let rig: Rig

beforeEach(async () => {
  rig = await startRig({ autoInstrument: false })
})
afterEach(async () => await rig.close())

test('functions keep their return value, whatever it is', async () => {
  expect(manualSpan({ spanName: 'sync' }, () => 5)).toBe(5)
  expect(await manualSpan({ spanName: 'async' }, async () => await Promise.resolve(6))).toBe(6)
  const generator = manualSpan({ spanName: 'generator' }, numbers)
  const got: number[] = []
  for await (const value of generator) got.push(value)
  expect(got).toEqual([1, 2])
  class Query<Value> extends Promise<Value> {}
  const query = new Query<number>((resolve) => resolve(9))
  expect(manualSpan({ spanName: 'thenable' }, () => query)).toBe(query)
  expect(await query).toBe(9)
  await rig.clew.forceFlush()
  expect(
    rig.sink
      .spans()
      .map((span) => span.name)
      .toSorted(),
  ).toEqual(['async', 'generator', 'inside', 'sync', 'thenable'])
  expect(rig.sink.span('inside').parentSpanId).toBe(rig.sink.span('generator').spanId)
})

test('a generator that is left early ends its span', async () => {
  const generator = manualSpan({ spanName: 'left' }, async function* left() {
    yield await Promise.resolve(1)
    yield 2
  })
  for await (const value of generator) if (value === 1) break
  await rig.clew.forceFlush()
  expect(rig.sink.span('left').endTimeUnixNano).not.toBe('0')
})

test('what is thrown comes out as the same object and is recorded', async () => {
  const boom = new TypeError('no such order')
  await expect(agentSpan({ agentId: 'a' }, () => Promise.reject(boom))).rejects.toBe(boom)
  expect(() =>
    manualSpan({ spanName: 'odd' }, () => {
      // oxlint-disable-next-line no-throw-literal, typescript/only-throw-error -- anything can be thrown
      throw 'plain text'
    }),
  ).toThrow('plain text')
  await rig.clew.forceFlush()
  expect(rig.sink.span('a')).toMatchObject({
    status: { code: 2, message: 'no such order' },
    attributes: { 'error.type': 'TypeError' },
  })
  expect(rig.sink.span('a').events[0]).toMatchObject({
    name: 'exception',
    attributes: { 'exception.type': 'TypeError' },
  })
  expect(rig.sink.span('odd').status).toMatchObject({ code: 2, message: 'plain text' })
})

test('odd values neither throw nor get lost', async () => {
  const circle: { self?: unknown } = {}
  circle.self = circle
  manualSpan({ spanName: 'odd', input: circle }, (span) => {
    span.setOutput(10n)
    span.setAttributes({
      nan: Number.NaN,
      big: 10n,
      date: new Date(0),
      map: new Map([['a', 1]]),
      list: [1, { b: 2 }],
      nothing: null,
    })
    span
      .recordEvidence(['doc-1'])
      .recordUsage({ input_tokens: 10, cache_read_input_tokens: 90, output_tokens: 5 })
  })
  await rig.clew.forceFlush()
  expect(rig.sink.span('odd').attributes).toMatchObject({
    'input.value': '{"self":"[circular]"}',
    'output.value': '"10"',
    nan: 'NaN',
    big: 10,
    date: '1970-01-01T00:00:00.000Z',
    map: '{"a":1}',
    list: '[1,{"b":2}]',
    'clew.evidence': ['doc-1'],
    'llm.token_count.prompt': 100,
    'llm.token_count.prompt_details.cache_read': 90,
    'llm.token_count.total': 105,
  })
})

test('records are attributes of the span and events in its course', async () => {
  manualSpan({ spanName: 'step' }, (span) => {
    span
      .recordDecision({ summary: 'refund it', action: 'refund' })
      .recordPolicy({ name: 'refund_policy 7', result: 'allow' })
      .recordApproval({ decision: 'edited', by: 'Marta Lind', waitMs: 1200, editDistance: 0.5 })
      .recordRetry({ attempt: 2, reason: '503' })
      .recordBudget({ name: 'refunds', limit: 500, used: 189 })
      .recordStateChange({ refunded: true })
      .setOutcome('success')
      .score({ name: 'helpful', value: 1, by: 'test' })
  })
  await rig.clew.forceFlush()
  const span = rig.sink.span('step')
  expect(span.attributes).toMatchObject({
    'clew.decision.action': 'refund',
    'clew.policy.result': 'allow',
    'clew.approval.by': 'Marta Lind',
    'clew.retry.attempt': 2,
    'clew.budget.used': 189,
    'clew.state.delta': '{"refunded":true}',
    'clew.outcome': 'success',
  })
  expect(span.events.map((event) => event.name)).toEqual([
    'clew.decision',
    'clew.policy',
    'clew.approval',
    'clew.retry',
    'clew.budget',
    'clew.state',
  ])
  expect(rig.sink.logs()).toMatchObject([
    {
      spanId: span.spanId,
      attributes: {
        'event.name': 'clew.score',
        'clew.score.name': 'helpful',
        'clew.score.value': 1,
      },
    },
  ])
})

test('a task reports its status, phases and log', async () => {
  await task({ name: 'import orders', taskId: 't_1', type: 'import' }, async (job) => {
    job.log('setup', 'opening the ledger')
    await job.phase('load', () => Promise.resolve())
    job.status('uploading')
  })
  await expect(task({ name: 'fails' }, () => Promise.reject(new Error('disk full')))).rejects.toThrow(
    'disk full',
  )
  await rig.clew.forceFlush()
  const span = rig.sink.span('import orders')
  expect(span.attributes).toMatchObject({
    'clew.span.kind': 'TASK',
    'clew.task.id': 't_1',
    'clew.task.type': 'import',
  })
  expect(
    span.events.map(
      (event) => event.attributes['clew.task.status'] ?? event.attributes['clew.task.phase.state'],
    ),
  ).toEqual(['running', 'start', 'end', 'uploading', 'completed'])
  expect(rig.sink.span('load')).toMatchObject({
    parentSpanId: span.spanId,
    attributes: { 'clew.task.id': 't_1' },
  })
  expect(
    rig.sink.span('fails').events.map((event) => event.attributes['clew.task.status'] ?? event.name),
  ).toEqual(['running', 'exception', 'failed'])
  expect(rig.sink.logs()).toMatchObject([
    { body: 'opening the ledger', attributes: { 'clew.task.log.kind': 'setup' } },
  ])
})

test('traced keeps name, arguments and result of a function', async () => {
  const add = traced(function add(a: number, b: number) {
    return a + b
  })
  expect(add(1, 2)).toBe(3)
  expect(add.name).toBe('add')
  await rig.clew.forceFlush()
  expect(rig.sink.span('add').attributes).toMatchObject({ 'input.value': '[1,2]', 'output.value': '3' })
})

async function* numbers(): AsyncGenerator<number> {
  yield 1
  await Promise.resolve()
  yield manualSpan({ spanName: 'inside' }, () => 2)
}
