import { expect, test } from 'vitest'
import { addPlaceholders } from './add-placeholders.ts'
import { assembleTrace } from './assemble-trace.ts'
import { makeRun } from './testing/make-run.ts'
import { toEpochMs } from './time.ts'

const { spans } = makeRun([
  { id: 'b', in: 'unseen', at: 200, for: 50 },
  { id: 'a', in: 'unseen', at: 100, for: 50 },
])
const lastMs = toEpochMs(spans[0]?.endTimeUnixNano ?? '0')

function standing(now: number) {
  return addPlaceholders(assembleTrace({ spans, now }).spans, now)
}

test('a parent that was named but not seen runs under its own id, from the start of its first child', () => {
  const [placeholder, ...children] = standing(lastMs + 1000)
  expect(placeholder).toMatchObject({ spanId: 'unseen', state: 'running', isPlaceholder: true })
  expect(placeholder?.startTimeUnixNano).toBe(children[0]?.startTimeUnixNano)
  expect(children.map((span) => span.spanId)).toEqual(['a', 'b'])
})

test('it is gone once the trace has been quiet for half a minute: nothing waits for ever', () => {
  expect(standing(lastMs + 29_000)).toHaveLength(3)
  expect(standing(lastMs + 31_000)).toHaveLength(2)
})

test('the span itself takes its place', () => {
  const root = makeRun([{ id: 'unseen', at: 0, for: 900 }]).spans
  const now = lastMs + 1000
  const whole = addPlaceholders(assembleTrace({ spans: [...spans, ...root], now }).spans, now)
  expect(whole.map((span) => [span.spanId, span.isPlaceholder])).toEqual([
    ['unseen', undefined],
    ['a', undefined],
    ['b', undefined],
  ])
})

test('totals are made without it', () => {
  expect(assembleTrace({ spans, now: lastMs }).trace.spanCount).toBe(2)
})
