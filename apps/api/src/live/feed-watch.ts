import { subscribeFeed, type Control } from '@clew/control'
import { feedKinds } from '@clew/domain'
import type { FeedEntry, FeedKind, ProjectId } from '@clew/domain'

/** Beyond this many changed traces a reader is told to read again rather than what changed. */
const traceIdsMax = 500

export interface PendingChanges extends FeedEntry {
  kinds: ReadonlySet<FeedKind>
  /** Those of the traces whose summaries are new; of the others only spans have arrived. */
  summedTraceIds: string[]
  /** True when too much changed to be listed. */
  isOverflowing: boolean
}

/**
 * Collects what the feed says between two reads. Entries are merged as they come, so that a reader who is slow
 * costs a bounded amount of memory.
 */
export class FeedWatch {
  readonly #unsubscribe: () => void
  readonly #signal: AbortSignal
  readonly #onAbort = () => this.close()
  #pending: PendingChanges | undefined
  #wake: (() => void) | undefined
  #isNudged = false
  #seenSeq: number

  /** Subscribes at once, until it is closed or the signal aborts; `wants` leaves out entries that don't concern the reader. */
  constructor(options: {
    control: Control
    projectId: ProjectId
    signal: AbortSignal
    wants?: (entry: FeedEntry) => boolean
  }) {
    const { control, projectId, signal, wants = () => true } = options
    this.#seenSeq = -1
    this.#signal = signal
    signal.addEventListener('abort', this.#onAbort)
    const onEntry = (entry: FeedEntry) => {
      if (wants(entry)) this.add(entry)
    }
    this.#unsubscribe = subscribeFeed(control, projectId, onEntry, () => this.#markGap())
  }

  /** Ignores entries that were taken before. */
  add(entry: FeedEntry): void {
    if (entry.seq <= this.#seenSeq) return
    this.#pending = merge(this.#pending, entry)
    this.#wake?.()
  }

  /** Entries up to `seq` are known to the reader. */
  markSeen(seq: number): void {
    this.#seenSeq = Math.max(this.#seenSeq, seq)
    if (this.#pending !== undefined && this.#pending.seq <= this.#seenSeq) this.#pending = undefined
  }

  /** Ends the wait that is on, or else the next one: something came that is no news of the feed. */
  nudge(): void {
    this.#isNudged = true
    this.#wake?.()
  }

  /** Up to where the feed is known to the reader. */
  get seenSeq(): number {
    return this.#seenSeq
  }

  get hasPending(): boolean {
    return this.#pending !== undefined
  }

  /** Resolves when something is pending, when it is nudged, when the signal aborts, or after `ms`. */
  wait(ms: number): Promise<void> {
    return this.rest({ ms, until: () => true })
  }

  /** Resolves after `ms`, when it is nudged, when the signal aborts, or as soon as what is pending will not wait. */
  async rest(options: { ms: number; until: (pending: PendingChanges) => boolean }): Promise<void> {
    const { ms, until } = options
    const isOver = () =>
      this.#signal.aborted || this.#isNudged || (this.#pending !== undefined && until(this.#pending))
    if (!isOver()) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms)
        this.#wake = () => {
          if (!isOver()) return
          clearTimeout(timer)
          resolve()
        }
      })
      this.#wake = undefined
    }
    this.#isNudged = false
  }

  take(): PendingChanges | undefined {
    const pending = this.#pending
    if (pending !== undefined) this.markSeen(pending.seq)
    this.#pending = undefined
    return pending
  }

  /** Entries were lost for good: whatever the reader wants may have changed. */
  #markGap(): void {
    const seq = Math.max(this.#seenSeq, this.#pending?.seq ?? 0)
    this.#pending = {
      seq,
      traceIds: [],
      summedTraceIds: [],
      sessionIds: [],
      kind: 'summary',
      kinds: new Set(feedKinds),
      isOverflowing: true,
    }
    this.#wake?.()
  }

  close(): void {
    this.#signal.removeEventListener('abort', this.#onAbort)
    this.#unsubscribe()
    this.#wake?.()
  }
}

function merge(pending: PendingChanges | undefined, entry: FeedEntry): PendingChanges {
  const traceIds = union(pending?.traceIds, entry.traceIds)
  const summedTraceIds = union(pending?.summedTraceIds, entry.kind === 'summary' ? entry.traceIds : [])
  const kinds = new Set([...(pending?.kinds ?? []), entry.kind])
  const sessionIds = union(pending?.sessionIds, entry.sessionIds)
  const isOverflowing = (pending?.isOverflowing ?? false) || traceIds.length > traceIdsMax
  return {
    seq: Math.max(pending?.seq ?? 0, entry.seq),
    traceIds: isOverflowing ? [] : traceIds,
    summedTraceIds: isOverflowing ? [] : summedTraceIds,
    sessionIds: isOverflowing ? [] : sessionIds,
    kind: kinds.has('summary') ? 'summary' : kinds.has('span') ? 'span' : 'log',
    kinds,
    isOverflowing,
  }
}

function union(known: readonly string[] = [], added: readonly string[]): string[] {
  return [...new Set([...known, ...added])]
}
