import { toEpochMs } from '@clew/domain'
import type { WireSpan } from '@clew/semconv/span'
import { toWrittenSpan, type InsertBatch, type SpanKeys, type VersionToSummarise } from '@clew/store'

interface RecentSpan {
  span: WireSpan
  version: string
  bytes: number
  startMs: number
}

interface RecentTrace {
  spans: Map<string, RecentSpan>
  bytes: number
  /** It would push all others out, so it is read each time. */
  isTooLarge: boolean
}

/**
 * Of the traces that are watched, the spans as this process wrote or read them, so that a summary needn't read them
 * again. Whoever asks says which versions count, and gets all of them or none: another process may have written more.
 * Holds at most so many bytes; the trace that was longest without news goes first.
 */
export class RecentSpans {
  private readonly bytesMax: number
  /** In the order of their last news. */
  private readonly traces = new Map<string, RecentTrace>()
  private bytes = 0

  constructor({ bytesMax }: { bytesMax: number }) {
    this.bytesMax = bytesMax
  }

  /** What was just stored. */
  add(batch: InsertBatch): void {
    for (const [index, { owner, span }] of batch.spans.entries()) {
      const written = toWrittenSpan({ owner, span, index })
      if (written !== undefined) this.put(owner.projectId, written)
    }
    this.shrink()
  }

  /** What was just read of a trace. */
  addRead(projectId: string, spans: readonly VersionToSummarise[]): void {
    for (const { span, version } of spans) {
      // About what the objects take, too: keys are as long as what a property costs.
      this.put(projectId, { span, version, bytes: JSON.stringify(span).length })
    }
    this.shrink()
  }

  /** The trace's spans of those versions; undefined where one is missing, or begins before its content may be seen. */
  find(args: {
    projectId: string
    traceId: string
    versions: SpanKeys
    contentCutoffMs: number
  }): WireSpan[] | undefined {
    const trace = this.traces.get(keyOf(args.projectId, args.traceId))
    if (trace === undefined) return undefined
    const spans: WireSpan[] = []
    for (const [spanId, version] of args.versions) {
      const recent = trace.spans.get(spanId)
      if (recent?.version !== version || recent.startMs < args.contentCutoffMs) return undefined
      spans.push(recent.span)
    }
    return spans
  }

  drop(projectId: string, traceId: string): void {
    const key = keyOf(projectId, traceId)
    this.bytes -= this.traces.get(key)?.bytes ?? 0
    this.traces.delete(key)
  }

  private put(projectId: string, { span, version, bytes }: VersionToSummarise & { bytes: number }): void {
    const key = keyOf(projectId, span.traceId)
    const trace = this.traces.get(key) ?? { spans: new Map(), bytes: 0, isTooLarge: false }
    this.traces.delete(key)
    this.traces.set(key, trace)
    if (trace.isTooLarge) return
    const known = trace.spans.get(span.spanId)
    if (known !== undefined && BigInt(known.version) > BigInt(version)) return
    const grownBy = bytes - (known?.bytes ?? 0)
    trace.spans.set(span.spanId, { span, version, bytes, startMs: toEpochMs(span.startTimeUnixNano) })
    trace.bytes += grownBy
    this.bytes += grownBy
    if (trace.bytes <= this.bytesMax / 2) return
    this.bytes -= trace.bytes
    trace.spans.clear()
    trace.bytes = 0
    trace.isTooLarge = true
  }

  private shrink(): void {
    for (const [key, trace] of this.traces) {
      if (this.bytes <= this.bytesMax) return
      if (trace.isTooLarge) continue
      this.bytes -= trace.bytes
      this.traces.delete(key)
    }
  }
}

function keyOf(projectId: string, traceId: string): string {
  return `${projectId}/${traceId}`
}
