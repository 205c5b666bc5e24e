import type { Attributes } from '@opentelemetry/api'
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base'

/** What the SDK knows of a span beside what OpenTelemetry keeps. */
export interface SpanRecord {
  span: ReadableSpan
  /** Attributes that only Clew receives, for spans of a provider that isn't ours. */
  extra?: Attributes
  /** The parent, where the recorded one was left out. */
  parentSpanContext?: ReadableSpan['parentSpanContext']
}
