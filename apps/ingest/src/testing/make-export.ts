import type protobuf from 'protobufjs'
import { otlpTypes } from './otlp-proto.ts'

export type Json = { [key: string]: unknown }

export interface SpanOptions {
  traceId?: string
  spanId?: string
  name?: string
  startMs?: number
  endMs?: number
  attributes?: Json
  extra?: Json
}

/** When the recordings were fresh; the clock of tests starts here. */
export const testNowMs = Date.UTC(2026, 10, 21)

export const traceA = '4bf92f3577b34da6a3ce929d0e0e4736'

/** An OTLP/JSON span with what the ingest asks for. */
export function makeSpan(options: SpanOptions = {}): Json {
  const {
    traceId = traceA,
    spanId = '00f067aa0ba902b7',
    name = 'work',
    attributes = {},
    extra = {},
  } = options
  const startMs = options.startMs ?? testNowMs - 1000
  return {
    traceId,
    spanId,
    name,
    kind: 1,
    startTimeUnixNano: `${startMs}000001`,
    endTimeUnixNano: options.endMs === 0 ? '0' : `${options.endMs ?? startMs + 500}000002`,
    attributes: Object.entries(attributes).map(([key, value]) => ({ key, value: toAny(value) })),
    ...extra,
  }
}

export function makeTraces(spans: readonly Json[], scope = 'test'): Json {
  return {
    resourceSpans: [
      {
        resource: { attributes: [{ key: 'service.name', value: { stringValue: 'checkout' } }] },
        scopeSpans: [{ scope: { name: scope, version: '1.0.0' }, spans }],
      },
    ],
  }
}

export function makeLogs(logRecords: readonly Json[], scope = 'test'): Json {
  return { resourceLogs: [{ resource: {}, scopeLogs: [{ scope: { name: scope }, logRecords }] }] }
}

/** The same request in protobuf, written by protobufjs. */
export function toProtobuf(json: Json, type: protobuf.Type = otlpTypes.traces): Buffer {
  return Buffer.from(type.encode(type.fromObject(toObject(withBinaryIds(json)))).finish())
}

export function toAny(value: unknown): Json {
  if (typeof value === 'string') return { stringValue: value }
  if (typeof value === 'boolean') return { boolValue: value }
  if (typeof value === 'bigint') return { intValue: value.toString() }
  if (typeof value === 'number') return { doubleValue: value }
  if (value instanceof Uint8Array) return { bytesValue: Buffer.from(value).toString('base64') }
  if (Array.isArray(value)) return { arrayValue: { values: value.map(toAny) } }
  if (value === null || typeof value !== 'object') return {}
  return {
    kvlistValue: { values: Object.entries(value).map(([key, item]) => ({ key, value: toAny(item) })) },
  }
}

/** protobufjs wants ids as base64 where OTLP/JSON has hex. */
function withBinaryIds(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withBinaryIds)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value).map(([key, item]: [string, unknown]) => {
      const isId = key === 'traceId' || key === 'spanId' || key === 'parentSpanId'
      return [
        key,
        isId && typeof item === 'string' ? Buffer.from(item, 'hex').toString('base64') : withBinaryIds(item),
      ]
    }),
  )
}

function toObject(value: unknown): Json {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}
