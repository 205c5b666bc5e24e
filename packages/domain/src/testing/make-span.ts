import type { SpanKind, WireSpan } from '@clew/semconv/span'

/** A span for tests; times are whole milliseconds after the epoch, `end` absent means still running. */
export function makeSpan(
  args: Partial<WireSpan> & { id: string; kind: SpanKind; start: number; end?: number; parent?: string },
): WireSpan {
  const { id, kind, start, end, parent, ...rest } = args
  return {
    traceId: '0af7651916cd43dd8448eb211c80319c',
    spanId: id,
    ...(parent !== undefined && { parentSpanId: parent }),
    name: id,
    kind,
    scope: 'test',
    dialect: 'openinference',
    state: end === undefined ? 'running' : 'ended',
    startTimeUnixNano: `${start * 1_000_000}`,
    ...(end !== undefined && {
      endTimeUnixNano: `${end * 1_000_000}`,
      durationNs: `${(end - start) * 1_000_000}`,
    }),
    status: 'unset',
    attributes: {},
    resource: {},
    events: [],
    links: [],
    ...rest,
  }
}
