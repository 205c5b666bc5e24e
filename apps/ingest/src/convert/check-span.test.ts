import { expect, test } from 'vitest'
import { emptyLog, emptySpan } from '../decode/received.ts'
import { checkLog } from './check-log.ts'
import { checkSpan } from './check-span.ts'
import { describeRejections } from './rejection.ts'

const nowMs = Date.UTC(2026, 10, 20)
const dayMs = 86_400_000
const context = { resource: {}, scope: { name: 'test', attributes: {} } }
const window = { nowMs, retentionDays: 30 }
const nanos = (epochMs: number): string => `${epochMs}000000`
const good = {
  ...emptySpan(),
  traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
  spanId: '00f067aa0ba902b7',
  startTimeUnixNano: nanos(nowMs - 1000),
  endTimeUnixNano: nanos(nowMs),
}

test.each([
  ['a missing trace id', { traceId: '' }, 'traceId is missing'],
  ['a trace id of zeros', { traceId: '0'.repeat(32) }, 'traceId is all zero'],
  ['a short trace id', { traceId: 'abcd' }, 'traceId must be 16 bytes (32 hex digits in JSON), not "abcd"'],
  [
    'a span id that is not hex',
    { spanId: 'zzf067aa0ba902b7' },
    'spanId must be 8 bytes (16 hex digits in JSON), not "zzf067aa0ba902b7"',
  ],
  [
    'a bad parent id',
    { parentSpanId: '12' },
    'parentSpanId must be 8 bytes (16 hex digits in JSON), not "12"',
  ],
  ['no start', { startTimeUnixNano: '0' }, 'startTimeUnixNano is missing'],
  [
    'a start before the retention',
    { startTimeUnixNano: nanos(nowMs - 31 * dayMs) },
    "startTimeUnixNano (2026-10-20T00:00:00.000Z) is older than the project's retention of 30 days",
  ],
  [
    'a start more than a day ahead',
    { startTimeUnixNano: nanos(nowMs + dayMs + 1000) },
    "startTimeUnixNano is more than 24 hours ahead of the server's clock (2026-11-21T00:00:01.000Z)",
  ],
  [
    'a start in milliseconds',
    { startTimeUnixNano: String(nowMs) },
    "startTimeUnixNano (1970-01-01T00:29:55.132Z) is older than the project's retention of 30 days; are these nanoseconds?",
  ],
  [
    'a time beyond the calendar',
    { endTimeUnixNano: '18446744073709551615' },
    "endTimeUnixNano is more than 24 hours ahead of the server's clock (2554-07-21T23:34:33.709Z)",
  ],
  [
    'JSON that breaks the contract',
    { problem: 'spans[0].name must be a string' },
    'spans[0].name must be a string',
  ],
])('a span with %s is rejected by name', (_what, fault, reason) => {
  expect(checkSpan({ ...good, ...fault }, context, window)).toMatchObject({ ok: false, error: { reason } })
})

test('a parent id of zeros is no parent, an end of zero still runs, unknown enums read as unspecified', () => {
  const checked = checkSpan(
    { ...good, parentSpanId: '0'.repeat(16), endTimeUnixNano: '0', kind: 77, statusCode: -1 },
    context,
    window,
  )
  expect(checked.ok && checked.value).toMatchObject({ endTimeUnixNano: '0', otlpKind: 0, statusCode: 0 })
  expect(checked.ok && checked.value).not.toHaveProperty('parentSpanId')
})

test('a log record without a time takes its observed time, and without either that of its receipt', () => {
  const observedTimeUnixNano = nanos(nowMs - 5)
  expect(checkLog({ ...emptyLog(), observedTimeUnixNano }, { ...context, window })).toMatchObject({
    value: { timeUnixNano: observedTimeUnixNano },
  })
  expect(checkLog(emptyLog(), { ...context, window })).toMatchObject({
    value: { timeUnixNano: nanos(nowMs) },
  })
})

test('a log record may stand outside any trace, but not in a broken one', () => {
  expect(checkLog(emptyLog(), { ...context, window }).ok).toBe(true)
  expect(checkLog({ ...emptyLog(), traceId: 'xx' }, { ...context, window })).toMatchObject({ ok: false })
})

test('rejections are named up to ten and counted beyond, without control characters', () => {
  const rejected = Array.from({ length: 12 }, (_, index) => {
    const checked = checkSpan({ ...good, traceId: `bad\n${index}` }, context, window)
    if (checked.ok) throw new Error('should be rejected')
    return checked.error
  })
  const message = describeRejections(rejected)
  expect(message).toMatch(/^span 00f067aa0ba902b7 of trace bad\?0: traceId must be 16 bytes .*; and 2 more$/)
})
