import type { Attributes, HrTime, SpanContext } from '@opentelemetry/api'
import type { InstrumentationScope } from '@opentelemetry/core'
import type { JsonLogsSerializer } from '@opentelemetry/otlp-transformer'
import type { Resource } from '@opentelemetry/resources'

/** The record type that the published serialiser takes. */
export type OtlpLogRecord = Parameters<typeof JsonLogsSerializer.serializeRequest>[0][number]

/** A log record that belongs to a span. */
export function createLogRecord(args: {
  eventName: string
  body: string
  attributes: Attributes
  time: HrTime
  spanContext: SpanContext
  resource: Resource
  scope: InstrumentationScope
}): OtlpLogRecord {
  return {
    hrTime: args.time,
    hrTimeObserved: args.time,
    spanContext: args.spanContext,
    body: args.body,
    eventName: args.eventName,
    attributes: { 'event.name': args.eventName, ...args.attributes },
    resource: args.resource,
    instrumentationScope: args.scope,
    droppedAttributesCount: 0,
  }
}
