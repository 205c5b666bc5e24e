import type { CanonicalSpan } from '@clew/semconv/span'
import { toWrittenSpan } from '@clew/store'
import { buildBatch, buildSpan, testNowMs, testOwner, testSpanId } from '@clew/store/testing'
import { expect, test } from 'vitest'
import { RecentSpans } from './recent-spans.ts'

const { projectId } = testOwner()
const traceA = 'a'.repeat(32)
const traceB = 'b'.repeat(32)

function span(traceId: string, number: number, overrides: Partial<CanonicalSpan> = {}): CanonicalSpan {
  return buildSpan({ traceId, spanId: testSpanId(number), name: `step ${number}`, ...overrides })
}

/** Adds spans as one batch, received so many milliseconds after the tests' now; gives their versions by span id. */
function add(recent: RecentSpans, spans: readonly CanonicalSpan[], afterMs = 0): Map<string, string> {
  const owner = testOwner({ receivedAtMs: testNowMs + afterMs })
  recent.add(buildBatch('any', { spans: spans.map((each) => ({ owner, span: each })) }))
  return new Map(
    spans.flatMap((each, index) => {
      const written = toWrittenSpan({ owner, span: each, index })
      return written === undefined ? [] : [[each.spanId, written.version] as const]
    }),
  )
}

function namesIn(recent: RecentSpans, traceId: string, versions: Map<string, string>, contentCutoffMs = 0) {
  return recent.find({ projectId, traceId, versions, contentCutoffMs })?.map(({ name }) => name)
}

test('spans are found by the versions that count, all of them or none', () => {
  const recent = new RecentSpans({ bytesMax: 1_000_000 })
  const versions = add(recent, [span(traceA, 1), span(traceA, 2)])
  expect(namesIn(recent, traceA, versions)).toEqual(['step 1', 'step 2'])
  expect(namesIn(recent, traceA, new Map([...versions].slice(1)))).toEqual(['step 2'])
  expect(namesIn(recent, traceA, new Map([...versions, [testSpanId(3), '7']]))).toBeUndefined()
  expect(namesIn(recent, traceA, new Map([[testSpanId(1), '7']]))).toBeUndefined()
  expect(namesIn(recent, traceB, versions)).toBeUndefined()
})

test('an older version that comes late does not take the place of a newer one', () => {
  const recent = new RecentSpans({ bytesMax: 1_000_000 })
  const ended = add(recent, [span(traceA, 1)])
  const { endTimeUnixNano: _end, durationNs: _duration, ...open } = span(traceA, 1)
  add(recent, [{ ...open, state: 'running', status: 'unset', name: 'late' }], 1000)
  expect(namesIn(recent, traceA, ended)).toEqual(['step 1'])
})

test('the trace that was longest without news goes first, and no more is held than the bound', () => {
  const recent = new RecentSpans({ bytesMax: 10_000 })
  const versionsA = add(recent, [span(traceA, 1), span(traceA, 2)])
  const versionsB = add(recent, [span(traceB, 1), span(traceB, 2)])
  add(recent, [span(traceA, 3), span('c'.repeat(32), 1), span('c'.repeat(32), 2)])
  expect(namesIn(recent, traceB, versionsB)).toBeUndefined()
  expect(namesIn(recent, traceA, versionsA)).toHaveLength(2)
})

test('a trace that takes more than half of the room is read each time, and pushes no other out', () => {
  const recent = new RecentSpans({ bytesMax: 10_000 })
  const small = add(recent, [span(traceA, 1)])
  const large = add(
    recent,
    [1, 2, 3, 4, 5].map((number) => span(traceB, number)),
  )
  const more = add(recent, [span(traceB, 6)])
  expect(namesIn(recent, traceA, small)).toEqual(['step 1'])
  expect(namesIn(recent, traceB, large)).toBeUndefined()
  expect(namesIn(recent, traceB, more)).toBeUndefined()
})

test('a span whose content may no longer be seen is read, for what is kept of it may show content', () => {
  const recent = new RecentSpans({ bytesMax: 1_000_000 })
  const versions = add(recent, [span(traceA, 1)])
  expect(namesIn(recent, traceA, versions, testNowMs)).toBeUndefined()
})

test('a trace that is watched no longer is forgotten', () => {
  const recent = new RecentSpans({ bytesMax: 1_000_000 })
  const versions = add(recent, [span(traceA, 1)])
  recent.drop(projectId, traceA)
  expect(namesIn(recent, traceA, versions)).toBeUndefined()
})
