import type { INamespace, IField } from 'protobufjs'

/** The part of OTLP that recordings use, by the field numbers of opentelemetry-proto 1. */
export const otlpSchema: INamespace = {
  nested: {
    AnyValue: {
      oneofs: {
        value: {
          oneof: [
            'stringValue',
            'boolValue',
            'intValue',
            'doubleValue',
            'arrayValue',
            'kvlistValue',
            'bytesValue',
          ],
        },
      },
      fields: {
        stringValue: one('string', 1),
        boolValue: one('bool', 2),
        intValue: one('int64', 3),
        doubleValue: one('double', 4),
        arrayValue: one('ArrayValue', 5),
        kvlistValue: one('KeyValueList', 6),
        bytesValue: one('bytes', 7),
      },
    },
    ArrayValue: { fields: { values: many('AnyValue', 1) } },
    KeyValueList: { fields: { values: many('KeyValue', 1) } },
    KeyValue: { fields: { key: one('string', 1), value: one('AnyValue', 2) } },
    Resource: { fields: { attributes: many('KeyValue', 1) } },
    Scope: { fields: { name: one('string', 1), version: one('string', 2), attributes: many('KeyValue', 3) } },
    TracesData: { fields: { resourceSpans: many('ResourceSpans', 1) } },
    ResourceSpans: { fields: { resource: one('Resource', 1), scopeSpans: many('ScopeSpans', 2) } },
    ScopeSpans: { fields: { scope: one('Scope', 1), spans: many('Span', 2) } },
    Span: {
      fields: {
        traceId: one('bytes', 1),
        spanId: one('bytes', 2),
        parentSpanId: one('bytes', 4),
        name: one('string', 5),
        kind: one('int32', 6),
        startTimeUnixNano: one('fixed64', 7),
        endTimeUnixNano: one('fixed64', 8),
        attributes: many('KeyValue', 9),
        events: many('Event', 11),
        links: many('Link', 13),
        status: one('Status', 15),
      },
    },
    Event: {
      fields: { timeUnixNano: one('fixed64', 1), name: one('string', 2), attributes: many('KeyValue', 3) },
    },
    Link: { fields: { traceId: one('bytes', 1), spanId: one('bytes', 2), attributes: many('KeyValue', 4) } },
    Status: { fields: { message: one('string', 2), code: one('int32', 3) } },
    LogsData: { fields: { resourceLogs: many('ResourceLogs', 1) } },
    ResourceLogs: { fields: { resource: one('Resource', 1), scopeLogs: many('ScopeLogs', 2) } },
    ScopeLogs: { fields: { scope: one('Scope', 1), logRecords: many('LogRecord', 2) } },
    LogRecord: {
      fields: {
        timeUnixNano: one('fixed64', 1),
        severityNumber: one('int32', 2),
        severityText: one('string', 3),
        body: one('AnyValue', 5),
        attributes: many('KeyValue', 6),
        traceId: one('bytes', 9),
        spanId: one('bytes', 10),
        observedTimeUnixNano: one('fixed64', 11),
        eventName: one('string', 12),
      },
    },
  },
}

function one(type: string, id: number): IField {
  return { type, id }
}

function many(type: string, id: number): IField & { rule: 'repeated' } {
  return { rule: 'repeated', type, id }
}
