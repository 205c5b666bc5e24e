/** OTLP/JSON as the specification has it: ids in hex, 64-bit numbers as decimal text. */
export type OtlpValue =
  | { stringValue: string }
  | { boolValue: boolean }
  | { intValue: string }
  | { doubleValue: number | string }
  | { bytesValue: string }
  | { arrayValue: { values: OtlpValue[] } }
  | { kvlistValue: { values: OtlpKeyValue[] } }
  | Record<string, never>

export interface OtlpKeyValue {
  key: string
  value: OtlpValue
}

export interface OtlpSpan {
  traceId: string
  spanId: string
  parentSpanId?: string
  traceState?: string
  flags?: number
  name: string
  kind: number
  startTimeUnixNano: string
  endTimeUnixNano: string
  attributes: OtlpKeyValue[]
  events: { timeUnixNano: string; name: string; attributes: OtlpKeyValue[] }[]
  links: { traceId: string; spanId: string; traceState?: string; attributes: OtlpKeyValue[] }[]
  status: { code: number; message?: string }
}

export interface OtlpScopeSpans {
  scope: { name: string; version?: string; attributes?: OtlpKeyValue[] }
  spans: OtlpSpan[]
}

export interface OtlpLogRecord {
  timeUnixNano: string
  traceId?: string
  spanId?: string
  severityNumber?: number
  severityText?: string
  eventName?: string
  body?: OtlpValue
  attributes: OtlpKeyValue[]
}

export interface OtlpLogs {
  resourceLogs: {
    resource: { attributes: OtlpKeyValue[] }
    scopeLogs: { scope: { name: string }; logRecords: OtlpLogRecord[] }[]
  }[]
}

/** The body of an export request, and of a file that other tools read. */
export interface OtlpTraces {
  resourceSpans: { resource: { attributes: OtlpKeyValue[] }; scopeSpans: OtlpScopeSpans[] }[]
}
