import { createHash } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { toUnixNano, type Run, type RunEvent } from '@clew/domain'
import type { CanonicalLog, JsonValue, WireSpan } from '@clew/semconv/span'
import type { StoredRunEvent } from '@clew/store'

/** A run as it stands, with the events that were kept of it. */
export interface RunState {
  run: Run
  kept: readonly StoredRunEvent[]
  /** Milliseconds since the epoch. */
  readAt: number
  /** How long the read took. */
  readMs: number
}

/** An event that still lacks its place in the stream. */
export type EventMaker = (seq: number) => RunEvent

/**
 * What one subscriber has been told of a run. `toChanges` gives only what is new to them; applying all that was
 * given, in order, leads to the state as it stands.
 */
export class RunImage {
  readonly #spans = new Map<string, WireSpan>()
  readonly #logs = new Set<string>()
  /** Records that are read once and kept are compared in depth once. */
  readonly #contents = new WeakMap<CanonicalLog<JsonValue>, string>()
  readonly #kept = new Set<string>()
  #totals = ''

  /** Everything as one snapshot, then what has been streamed so far. */
  toSnapshot({ run, kept, readAt }: RunState): EventMaker[] {
    this.#spans.clear()
    for (const span of run.spans) this.#spans.set(span.spanId, span)
    for (const { key } of this.#keyed(run.logs)) this.#logs.add(key)
    this.#kept.clear()
    this.#totals = hash(run.trace)
    const snapshot: EventMaker = (seq) => ({ seq, atUnixNano: toUnixNano(readAt), type: 'snapshot', ...run })
    return [snapshot, ...this.#takeKept(run, kept)]
  }

  toChanges(state: RunState): EventMaker[] {
    const { run, kept, readAt } = state
    if (this.#hasLost(run)) return this.toSnapshot(state)
    const now = toUnixNano(readAt)
    const makers = run.spans.flatMap((span) => this.#takeSpan(span, now))
    makers.push(...this.#takeKept(run, kept))
    for (const { key, log } of this.#keyed(run.logs)) {
      if (this.#logs.has(key)) continue
      this.#logs.add(key)
      makers.push((seq) => ({ seq, atUnixNano: log.timeUnixNano, type: 'log', log }))
    }
    const totals = hash(run.trace)
    if (totals !== this.#totals) {
      this.#totals = totals
      makers.push((seq) => ({ seq, atUnixNano: now, type: 'totals', trace: run.trace }))
    }
    return makers
  }

  /** A span that is gone, such as a placeholder whose span never came, can only be told by starting over. */
  #hasLost(run: Run): boolean {
    const ids = new Set(run.spans.map((span) => span.spanId))
    return [...this.#spans.keys()].some((spanId) => !ids.has(spanId))
  }

  #takeSpan(span: WireSpan, now: string): EventMaker[] {
    const known = this.#spans.get(span.spanId)
    this.#spans.set(span.spanId, span)
    if (known !== undefined && isSame(known, span)) return []
    if (span.state !== 'running') {
      const at = span.endTimeUnixNano ?? now
      return [(seq) => ({ seq, atUnixNano: at, type: 'span-end', span })]
    }
    const type = known === undefined ? 'span-start' : 'span-snapshot'
    const at = known === undefined ? span.startTimeUnixNano : now
    return [(seq) => ({ seq, atUnixNano: at, type, span })]
  }

  /** What was streamed into a span is of no use once the span has ended and says it whole. */
  #takeKept(run: Run, kept: readonly StoredRunEvent[]): EventMaker[] {
    const running = new Set(run.spans.filter((span) => span.state === 'running').map((span) => span.spanId))
    return kept.flatMap(({ id, event }): EventMaker[] => {
      if (this.#kept.has(id)) return []
      this.#kept.add(id)
      if (event.type === 'delta' && !running.has(event.spanId)) return []
      return [(seq) => ({ ...event, seq })]
    })
  }

  /** Two equal records at the same time are two records: the key counts them. */
  #keyed(logs: readonly CanonicalLog<JsonValue>[]): { key: string; log: CanonicalLog<JsonValue> }[] {
    const counts = new Map<string, number>()
    return logs.map((log) => {
      const content = this.#contents.get(log) ?? hash(log)
      this.#contents.set(log, content)
      const count = counts.get(content) ?? 0
      counts.set(content, count + 1)
      return { key: `${content}#${count}`, log }
    })
  }
}

/** Most spans of a run that is read again are made of the same parts: only others are compared in depth. */
function isSame(a: WireSpan, b: WireSpan): boolean {
  const known = new Map<string, unknown>(Object.entries(a))
  const fields = Object.entries(b)
  return (
    fields.length === known.size &&
    fields.every(([key, value]) => {
      const before = known.get(key)
      return before === value || (typeof value === 'object' && isDeepStrictEqual(before, value))
    })
  )
}

function hash(value: unknown): string {
  return createHash('sha1').update(JSON.stringify(value)).digest('base64')
}
