import type {
  AttributeMap,
  AttributeValue,
  DecodedEvent,
  DecodedLink,
  DecodedScope,
} from '@clew/semconv/span'

/** A span as it stood on the wire, before anyone has judged it. Ids are hex of whatever length was sent. */
export interface ReceivedSpan {
  traceId: string
  spanId: string
  parentSpanId: string
  name: string
  kind: number
  traceState: string
  flags: number
  startTimeUnixNano: string
  endTimeUnixNano: string
  statusCode: number
  statusMessage: string
  attributes: AttributeMap
  events: DecodedEvent[]
  links: DecodedLink[]
  /** What is wrong with this span alone, when its own JSON breaks the contract. */
  problem?: string
}

/** A log record as it stood on the wire. */
export interface ReceivedLog {
  traceId: string
  spanId: string
  timeUnixNano: string
  observedTimeUnixNano: string
  severityNumber: number
  severityText: string
  eventName: string
  body: AttributeValue
  attributes: AttributeMap
  problem?: string
}

/** Records of one resource and one instrumentation scope. */
export interface ReceivedGroup<Received> {
  resource: AttributeMap
  scope: DecodedScope
  records: Received[]
}

/** The body breaks the OTLP contract as a whole; the message says where and how. */
export interface BrokenBody {
  code: 'broken-body'
  message: string
}

export function emptySpan(): ReceivedSpan {
  return {
    traceId: '',
    spanId: '',
    parentSpanId: '',
    name: '',
    kind: 0,
    traceState: '',
    flags: 0,
    startTimeUnixNano: '0',
    endTimeUnixNano: '0',
    statusCode: 0,
    statusMessage: '',
    attributes: {},
    events: [],
    links: [],
  }
}

export function emptyLog(): ReceivedLog {
  return {
    traceId: '',
    spanId: '',
    timeUnixNano: '0',
    observedTimeUnixNano: '0',
    severityNumber: 0,
    severityText: '',
    eventName: '',
    body: null,
    attributes: {},
  }
}

/** Assigns a foreign key, also one named `__proto__`. */
export function setOwn<Value>(record: { [key: string]: Value }, key: string, value: Value): void {
  if (key === '__proto__') {
    Object.defineProperty(record, key, { value, writable: true, enumerable: true, configurable: true })
  } else record[key] = value
}
