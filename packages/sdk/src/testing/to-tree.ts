import type { SinkSpan } from './start-sink.ts'

/** Spans as lines of `name [kind]`, indented under their parents, in the order of their starts. */
export function toTree(spans: readonly SinkSpan[]): string[] {
  const known = new Set(spans.map((span) => span.spanId))
  const started = spans.toSorted((a, b) =>
    BigInt(a.startTimeUnixNano) < BigInt(b.startTimeUnixNano) ? -1 : 1,
  )
  const below = (parentId: string | undefined, depth: number): string[] =>
    started
      .filter((span) =>
        parentId === undefined
          ? span.parentSpanId === undefined || !known.has(span.parentSpanId)
          : span.parentSpanId === parentId,
      )
      .flatMap((span) => ['  '.repeat(depth) + describe(span), ...below(span.spanId, depth + 1)])
  return below(undefined, 0)
}

function describe(span: SinkSpan): string {
  const kind = span.attributes['openinference.span.kind']
  return `${span.name} [${typeof kind === 'string' ? kind : '-'}]${span.status.code === 2 ? ' failed' : ''}`
}
