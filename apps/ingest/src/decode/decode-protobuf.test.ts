import { describe, expect, test } from 'vitest'
import { makeBombs } from '../testing/make-bombs.ts'
import { makeSpan, makeTraces, toProtobuf } from '../testing/make-export.ts'
import { richLogs, richTraces } from '../testing/make-rich-export.ts'
import { createRandom, mutate } from '../testing/mutate.ts'
import { otlpTypes } from '../testing/otlp-proto.ts'
import { decodeLogsJson, decodeTracesJson } from './decode-json.ts'
import { decodeLogsProtobuf, decodeTracesProtobuf } from './decode-protobuf.ts'

const rich = richTraces()
const logs = richLogs()
const jsonOf = (value: unknown): Buffer => Buffer.from(JSON.stringify(value))

test('a span reads the same from protobuf and from JSON, to the nanosecond and with every type', () => {
  const fromProtobuf = decodeTracesProtobuf(toProtobuf(rich))
  expect(fromProtobuf).toEqual(decodeTracesJson(jsonOf(rich)))
  const span = fromProtobuf.ok ? fromProtobuf.value[0]?.records[0] : undefined
  expect(span).toMatchObject({ parentSpanId: '1111111111111111', statusCode: 2, flags: 257 })
  expect(Object.entries(span?.attributes ?? {})).toEqual([
    ['text', 'grüße 🎈'],
    ['with:colon', true],
    ['int', 9_223_372_036_854_775_807n],
    ['negative', -5n],
    ['double', 0.1],
    ['bytes', new Uint8Array([0, 255])],
    ['list', ['a', 1n, null, [2.5]]],
    ['map', { deep: { er: 'x' } }],
    ['none', null],
    ['__proto__', 'own'],
  ])
})

test('a log record reads the same from protobuf and from JSON', () => {
  expect(decodeLogsProtobuf(toProtobuf(logs, otlpTypes.logs))).toEqual(decodeLogsJson(jsonOf(logs)))
})

test('a resource that is written after its spans still holds for them', () => {
  const resource = Buffer.from(
    toProtobuf({
      resourceSpans: [{ resource: { attributes: [{ key: 'k', value: { stringValue: 'v' } }] } }],
    }),
  )
  const spans = Buffer.from(toProtobuf({ resourceSpans: [{ scopeSpans: [{ spans: [makeSpan()] }] }] }))
  // Both are `0a <length> <content>`; joined contents are one ResourceSpans in the other order.
  const content = Buffer.concat([
    spans.subarray(contentStart(spans)),
    resource.subarray(contentStart(resource)),
  ])
  const body = Buffer.concat([Buffer.from([0x0a]), varint(content.length), content])
  const decoded = decodeTracesProtobuf(body)
  expect(decoded.ok && decoded.value[0]?.resource).toEqual({ k: 'v' })
})

test('text that is not UTF-8 is mended instead of costing the whole body', () => {
  const body = toProtobuf(makeTraces([makeSpan({ attributes: { key: 'AAAA' } }), makeSpan()]))
  body[body.indexOf('AAAA')] = 0xff
  const decoded = decodeTracesProtobuf(body)
  expect(decoded.ok && decoded.value[0]?.records.map((span) => span.attributes)).toEqual([
    { key: '\ufffdAAA' },
    {},
  ])
})

test('a broken body is refused with the broken contract in words', () => {
  const decoded = decodeTracesProtobuf(toProtobuf(rich).subarray(0, 200))
  expect(decoded).toMatchObject({
    ok: false,
    error: {
      code: 'broken-body',
      message: expect.stringMatching(/^The body is not a protobuf ExportTraceServiceRequest: .* of 200$/),
    },
  })
})

describe('mutated bodies', () => {
  test.each([
    ['traces', toProtobuf(rich), otlpTypes.traces, decodeTracesProtobuf],
    ['logs', toProtobuf(logs, otlpTypes.logs), otlpTypes.logs, decodeLogsProtobuf],
  ] as const)(
    '%s: the same ones are accepted as by protobufjs, and none crashes',
    (_name, original, type, decode) => {
      const random = createRandom(20_261_120)
      const disagreements: string[] = []
      let rejectedCount = 0
      for (let round = 0; round < 6000; round += 1) {
        const body = mutate(original, random)
        const isTaken = decode(body).ok
        if (!isTaken) rejectedCount += 1
        if (isTaken !== acceptsBy(() => type.decode(body))) disagreements.push(body.toString('hex'))
      }
      expect(disagreements).toEqual([])
      expect(rejectedCount).toBeGreaterThan(1000)
    },
  )

  test.each(makeBombs().map(({ name, body }) => [name, body] as const))('%s', (_name, body) => {
    expect(decodeTracesProtobuf(body).ok).toBe(acceptsBy(() => otlpTypes.traces.decode(body)))
  })
})

function acceptsBy(decode: () => unknown): boolean {
  try {
    decode()
    return true
  } catch {
    return false
  }
}

function contentStart(body: Buffer): number {
  let at = 1
  while ((body[at] ?? 0) > 127) at += 1
  return at + 1
}

function varint(value: number): Buffer {
  const bytes: number[] = []
  let rest = value
  while (rest > 127) {
    bytes.push((rest & 127) | 128)
    rest >>>= 7
  }
  return Buffer.from([...bytes, rest])
}
