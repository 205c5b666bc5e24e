import type { SpanContext } from '@opentelemetry/api'
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base'

import { readRecord, readText } from '../values/read.ts'

/**
 * A span of OpenTelemetry's SDK 1, which many providers still are, under the names that version 2 gave its members.
 * The view reads through to the span, which goes on changing.
 */
export function adaptSpan<Span extends ReadableSpan>(span: Span): Span {
  if (Reflect.has(span, 'instrumentationScope')) return span
  const { traceId, traceFlags } = span.spanContext()
  const parentId = readText(Reflect.get(span, 'parentSpanId'))
  const library: unknown = Reflect.get(span, 'instrumentationLibrary')
  const scope = readRecord(library) ?? { name: '' }
  const parent: SpanContext | undefined =
    parentId === undefined ? undefined : { traceId, spanId: parentId, traceFlags }
  const view: unknown = Object.create(span, {
    instrumentationScope: { value: scope, enumerable: true },
    parentSpanContext: { value: parent, enumerable: true },
  })
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the span itself, with two members more
  return view as Span
}
