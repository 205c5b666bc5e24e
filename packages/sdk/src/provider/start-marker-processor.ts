import { ATTR_CLEW_SPAN_STATE } from '@clew/semconv/attributes'
import type { ReadableSpan, Span, SpanExporter, SpanProcessor } from '@opentelemetry/sdk-trace-base'

/**
 * For an application on stock OpenTelemetry: tells of each span when it starts, by an exporter of one's own, so
 * that running work can be seen. The finished span comes by the usual way and replaces the marker.
 */
export function createStartMarkerProcessor(args: {
  exporter: SpanExporter
  /** Markers wait so long for company, in milliseconds. Default 200. */
  intervalMs?: number
}): SpanProcessor {
  const { exporter, intervalMs = 200 } = args
  const started = new Map<string, ReadableSpan>()
  let timer: NodeJS.Timeout | undefined
  const send = async (): Promise<void> => {
    clearTimeout(timer)
    timer = undefined
    const markers = [...started.values()].map(toMarker)
    started.clear()
    if (markers.length === 0) return
    await new Promise<void>((resolve) => exporter.export(markers, () => resolve()))
  }
  return {
    onStart: (span: Span) => {
      started.set(span.spanContext().spanId, span)
      timer ??= setTimeout(() => void send().catch(() => undefined), intervalMs).unref()
    },
    // A span that ends before its marker has left needs none.
    onEnd: (span) => void started.delete(span.spanContext().spanId),
    forceFlush: send,
    shutdown: async () => {
      await send()
      await exporter.shutdown()
    },
  }
}

function toMarker(span: ReadableSpan): ReadableSpan {
  return {
    name: span.name,
    kind: span.kind,
    spanContext: () => span.spanContext(),
    ...(span.parentSpanContext === undefined ? {} : { parentSpanContext: span.parentSpanContext }),
    startTime: span.startTime,
    endTime: [0, 0],
    status: span.status,
    attributes: { ...span.attributes, [ATTR_CLEW_SPAN_STATE]: 'running' },
    links: [...span.links],
    events: [...span.events],
    duration: [0, 0],
    ended: false,
    resource: span.resource,
    instrumentationScope: span.instrumentationScope,
    droppedAttributesCount: span.droppedAttributesCount,
    droppedEventsCount: span.droppedEventsCount,
    droppedLinksCount: span.droppedLinksCount,
  }
}
