import protobuf from 'protobufjs'
import { otlpSchema } from './otlp-schema.ts'
import type { RecordedRequest, Recording } from './recordings.ts'

/** An OTLP value as decoded: integers bigint, doubles number, no value null. */
export type RecordedValue =
  | string
  | boolean
  | bigint
  | number
  | null
  | Uint8Array
  | RecordedValue[]
  | { [key: string]: RecordedValue }

export interface RecordedMap {
  [key: string]: RecordedValue
}

export interface RecordedSpan {
  traceId: string
  spanId: string
  parentSpanId?: string
  name: string
  otlpKind: 0 | 1 | 2 | 3 | 4 | 5
  startTimeUnixNano: string
  endTimeUnixNano: string
  statusCode: 0 | 1 | 2
  statusMessage?: string
  attributes: RecordedMap
  events: { name: string; timeUnixNano: string; attributes: RecordedMap }[]
  links: { traceId: string; spanId: string; attributes: RecordedMap }[]
  scope: { name: string; version?: string; attributes: RecordedMap }
  resource: RecordedMap
}

export interface RecordedLog {
  traceId?: string
  spanId?: string
  timeUnixNano: string
  observedTimeUnixNano?: string
  severityNumber?: number
  severityText?: string
  eventName?: string
  body: RecordedValue
  attributes: RecordedMap
  scope: { name: string; version?: string; attributes: RecordedMap }
  resource: RecordedMap
}

/** Spans of an OTLP protobuf body. */
export function decodeTracesBody(body: Uint8Array): RecordedSpan[] {
  const message = schema.lookupType('TracesData')
  return toSpans(shape(message.toObject(message.decode(body), { longs: String })))
}

/** Spans of OTLP/JSON, such as an export. */
export function decodeTracesJson(traces: unknown): RecordedSpan[] {
  return toSpans(shape(traces))
}

/**
 * The spans and logs of a recording, decoded the plain way. Tests of what comes after decoding use it; the
 * product's own decoder is tested against the same bytes elsewhere.
 */
export function decodeRecording(recording: Recording): { spans: RecordedSpan[]; logs: RecordedLog[] } {
  const spans: RecordedSpan[] = []
  const logs: RecordedLog[] = []
  for (const request of recording.requests) {
    if (request.signal === 'traces') spans.push(...decodeSpans(request))
    else if (request.signal === 'logs') logs.push(...decodeLogs(request))
  }
  return { spans, logs }
}

const schema = protobuf.Root.fromJSON(otlpSchema)

function decodeSpans(request: RecordedRequest): RecordedSpan[] {
  return toSpans(parse(request, 'TracesData'))
}

function toSpans(root: Shape): RecordedSpan[] {
  return list(root['resourceSpans']).flatMap((resourceSpans) => {
    const resource = toMap(field(resourceSpans, 'resource')['attributes'])
    return list(resourceSpans['scopeSpans']).flatMap((scopeSpans) => {
      const scope = toScope(field(scopeSpans, 'scope'))
      return list(scopeSpans['spans']).map((span) => ({ ...toSpan(span), scope, resource }))
    })
  })
}

function decodeLogs(request: RecordedRequest): RecordedLog[] {
  const root = parse(request, 'LogsData')
  return list(root['resourceLogs']).flatMap((resourceLogs) => {
    const resource = toMap(field(resourceLogs, 'resource')['attributes'])
    return list(resourceLogs['scopeLogs']).flatMap((scopeLogs) => {
      const scope = toScope(field(scopeLogs, 'scope'))
      return list(scopeLogs['logRecords']).map((log) => ({ ...toLog(log), scope, resource }))
    })
  })
}

function parse(request: RecordedRequest, type: 'TracesData' | 'LogsData'): Shape {
  if (request.contentType === 'application/json') return shape(JSON.parse(decodeUtf8(request.inflated)))
  const message = schema.lookupType(type)
  return shape(message.toObject(message.decode(request.inflated), { longs: String }))
}

/** A decoded message, JSON or protobuf alike; its fields are checked where they are read. */
type Shape = Record<string, unknown>

function shape(value: unknown): Shape {
  return isShape(value) ? value : {}
}

function isShape(value: unknown): value is Shape {
  return typeof value === 'object' && value !== null
}

function field(value: Shape, name: string): Shape {
  return shape(value[name])
}

function list(value: unknown): Shape[] {
  return Array.isArray(value) ? value.map(shape) : []
}

function toSpan(span: Shape): Omit<RecordedSpan, 'scope' | 'resource'> {
  const status = field(span, 'status')
  const parentSpanId = toId(span['parentSpanId'])
  const statusMessage = text(status['message'])
  return {
    traceId: toId(span['traceId']),
    spanId: toId(span['spanId']),
    ...(parentSpanId === '' ? {} : { parentSpanId }),
    name: text(span['name']),
    otlpKind: toCode(span['kind'], spanKinds),
    startTimeUnixNano: toNano(span['startTimeUnixNano']),
    endTimeUnixNano: toNano(span['endTimeUnixNano']),
    statusCode: toCode(status['code'], statusCodes),
    ...(statusMessage === '' ? {} : { statusMessage }),
    attributes: toMap(span['attributes']),
    events: list(span['events']).map((event) => ({
      name: text(event['name']),
      timeUnixNano: toNano(event['timeUnixNano']),
      attributes: toMap(event['attributes']),
    })),
    links: list(span['links']).map((link) => ({
      traceId: toId(link['traceId']),
      spanId: toId(link['spanId']),
      attributes: toMap(link['attributes']),
    })),
  }
}

function toLog(log: Shape): Omit<RecordedLog, 'scope' | 'resource'> {
  const traceId = toId(log['traceId'])
  const spanId = toId(log['spanId'])
  const eventName = text(log['eventName'])
  const severityText = text(log['severityText'])
  return {
    ...(traceId === '' ? {} : { traceId }),
    ...(spanId === '' ? {} : { spanId }),
    timeUnixNano: toNano(log['timeUnixNano']),
    observedTimeUnixNano: toNano(log['observedTimeUnixNano']),
    ...(typeof log['severityNumber'] === 'number' ? { severityNumber: log['severityNumber'] } : {}),
    ...(severityText === '' ? {} : { severityText }),
    ...(eventName === '' ? {} : { eventName }),
    body: toValue(log['body']),
    attributes: toMap(log['attributes']),
  }
}

function toScope(scope: Shape): RecordedSpan['scope'] {
  const version = text(scope['version'])
  return {
    name: text(scope['name']),
    ...(version === '' ? {} : { version }),
    attributes: toMap(scope['attributes']),
  }
}

function toMap(attributes: unknown): RecordedMap {
  const map: RecordedMap = Object.create(null)
  for (const pair of list(attributes)) map[text(pair['key'])] = toValue(pair['value'])
  return map
}

function toValue(value: unknown): RecordedValue {
  const any = shape(value)
  if (isSet(any, 'stringValue')) return text(any['stringValue'])
  if (isSet(any, 'boolValue')) return any['boolValue'] === true
  if (isSet(any, 'intValue')) return BigInt(String(any['intValue']))
  if (isSet(any, 'doubleValue')) return Number(any['doubleValue'])
  if (isSet(any, 'arrayValue')) return list(field(any, 'arrayValue')['values']).map(toValue)
  if (isSet(any, 'kvlistValue')) return toMap(field(any, 'kvlistValue')['values'])
  const bytes = any['bytesValue']
  if (bytes instanceof Uint8Array && isSet(any, 'bytesValue')) return bytes
  return typeof bytes === 'string' ? new Uint8Array(Buffer.from(bytes, 'base64')) : null
}

function isSet(value: Shape, name: string): boolean {
  return Object.hasOwn(value, name) && value[name] !== null && value[name] !== undefined
}

function toId(value: unknown): string {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex')
  return text(value).toLowerCase()
}

function toNano(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '0'
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

const spanKinds = [0, 1, 2, 3, 4, 5] as const
const statusCodes = [0, 1, 2] as const

function toCode<Code extends number>(value: unknown, codes: readonly [Code, ...Code[]]): Code {
  return codes.find((code) => code === value) ?? codes[0]
}

function decodeUtf8(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes)
}
