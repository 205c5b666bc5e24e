import { expect, test } from 'vitest'
import { makeSpan, makeTraces } from '../testing/make-export.ts'
import { decodeLogsJson, decodeTracesJson } from './decode-json.ts'

const decode = (value: unknown) =>
  decodeTracesJson(Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)))

function onlySpanWith(extra: Record<string, unknown>) {
  const decoded = decode(makeTraces([makeSpan({ extra })]))
  return decoded.ok ? decoded.value[0]?.records[0] : undefined
}

test('integers and times are taken as numbers and as strings, enums by number and by name', () => {
  const span = onlySpanWith({
    startTimeUnixNano: 1_763_680_000_000_000_000,
    endTimeUnixNano: '1763680000000000009',
    kind: 'SPAN_KIND_CLIENT',
    status: { code: 'STATUS_CODE_ERROR' },
    attributes: [
      { key: 'number', value: { intValue: 42 } },
      { key: 'string', value: { intValue: '-42' } },
      { key: 'nan', value: { doubleValue: 'NaN' } },
      { key: 'null', value: { stringValue: null } },
    ],
  })
  expect(span).toMatchObject({
    startTimeUnixNano: '1763680000000000000',
    endTimeUnixNano: '1763680000000000009',
    kind: 3,
    statusCode: 2,
    attributes: { number: 42n, string: -42n, nan: Number.NaN, null: null },
  })
})

test('unknown fields and an empty request are fine', () => {
  expect(decode('{}')).toEqual({ ok: true, value: [] })
  expect(decode('\uFEFF{"resourceSpans":null,"later":1}')).toEqual({ ok: true, value: [] })
  expect(onlySpanWith({ somethingNew: {} })?.problem).toBeUndefined()
})

test('upper-case ids are folded', () => {
  expect(onlySpanWith({ spanId: '00F067AA0BA902B7' })?.spanId).toBe('00f067aa0ba902b7')
})

test.each([
  ['', 'The body must be JSON, but it ends too early'],
  ['{"resourceSpans":[}', 'The body must be JSON, but it is malformed'],
  ['[]', 'The body must be an object'],
  ['{"resourceSpans":{}}', 'resourceSpans must be a list'],
  ['{"resourceSpans":[{"scopeSpans":[{"spans":1}]}]}', 'resourceSpans[0].scopeSpans[0].spans must be a list'],
  [
    '{"resourceSpans":[{"resource":{"attributes":[{"value":{}}]}}]}',
    'resourceSpans[0].resource.attributes[0].key must be a string',
  ],
])('%s is refused with the broken contract in words, and without its content', (body, message) => {
  expect(decode(body)).toEqual({ ok: false, error: { code: 'broken-body', message } })
})

test.each([
  [
    { startTimeUnixNano: 'soon' },
    'startTimeUnixNano must be nanoseconds since the epoch as a decimal string',
  ],
  [
    { attributes: [{ key: 'a', value: { intValue: '1e5' } }] },
    'attributes[0].value.intValue must be a 64-bit integer, as a number or a decimal string',
  ],
  [
    { attributes: [{ key: 'a', value: { intValue: '9223372036854775808' } }] },
    'attributes[0].value.intValue must be a 64-bit integer, as a number or a decimal string',
  ],
  [{ attributes: 'none' }, 'attributes must be a list'],
  [{ events: [7] }, 'events[0] must be an object'],
  [{ traceId: 7 }, 'traceId must be a string'],
])('%j is held against its span alone', (extra, problem) => {
  const decoded = decode(makeTraces([makeSpan({ extra }), makeSpan()]))
  expect(decoded.ok && decoded.value[0]?.records.map((span) => span.problem)).toEqual([
    `resourceSpans[0].scopeSpans[0].spans[0].${problem}`,
    undefined,
  ])
})

test('nesting without end is refused, not followed', () => {
  let value: unknown = { stringValue: 'leaf' }
  for (let depth = 0; depth < 500; depth += 1) value = { arrayValue: { values: [value] } }
  expect(onlySpanWith({ attributes: [{ key: 'deep', value }] })?.problem).toContain('nested at most 90 deep')
  expect(decode('['.repeat(200_000)).ok).toBe(false)
})

test('severities are taken by name', () => {
  const body = {
    resourceLogs: [{ scopeLogs: [{ logRecords: [{ severityNumber: 'SEVERITY_NUMBER_WARN2' }] }] }],
  }
  const decoded = decodeLogsJson(Buffer.from(JSON.stringify(body)))
  expect(decoded.ok && decoded.value[0]?.records[0]?.severityNumber).toBe(14)
})
