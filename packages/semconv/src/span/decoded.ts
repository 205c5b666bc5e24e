/**
 * A decoded OTLP AnyValue. Integers are bigint and doubles are number, so that an exported span
 * carries the types that came in. `null` is an AnyValue with no value set.
 */
export type AttributeValue =
  | string
  | boolean
  | bigint
  | number
  | null
  | Uint8Array
  | readonly AttributeValue[]
  | AttributeMap

/** Attributes by key; no assumption on the key alphabet. */
export interface AttributeMap {
  readonly [key: string]: AttributeValue
}

/** OTLP SpanKind by number: 0 unspecified, 1 internal, 2 server, 3 client, 4 producer, 5 consumer. */
export type OtlpSpanKind = 0 | 1 | 2 | 3 | 4 | 5

/** OTLP StatusCode by number: 0 unset, 1 ok, 2 error. */
export type OtlpStatusCode = 0 | 1 | 2

export interface DecodedScope {
  name: string
  version?: string
  attributes: AttributeMap
}

export interface DecodedEvent {
  name: string
  timeUnixNano: string
  attributes: AttributeMap
}

export interface DecodedLink {
  traceId: string
  spanId: string
  traceState?: string
  attributes: AttributeMap
}

/** One span as OTLP carries it, in either encoding; ids are lower-case hex, times decimal nanoseconds. */
export interface DecodedSpan {
  traceId: string
  spanId: string
  parentSpanId?: string
  name: string
  otlpKind: OtlpSpanKind
  traceState?: string
  flags?: number
  startTimeUnixNano: string
  /** "0" while the span runs. */
  endTimeUnixNano: string
  statusCode: OtlpStatusCode
  statusMessage?: string
  attributes: AttributeMap
  events: readonly DecodedEvent[]
  links: readonly DecodedLink[]
  scope: DecodedScope
  resource: AttributeMap
}

/** One log record as OTLP carries it. */
export interface DecodedLog {
  traceId?: string
  spanId?: string
  timeUnixNano: string
  observedTimeUnixNano?: string
  severityNumber?: number
  severityText?: string
  eventName?: string
  body: AttributeValue
  attributes: AttributeMap
  scope: DecodedScope
  resource: AttributeMap
}
