import type { IngestTrouble } from '@clew/control'

const forgottenAfterMs = 3_600_000
const kindsMax = 500

interface Tally {
  trouble: Omit<IngestTrouble, 'count' | 'firstAt' | 'lastAt'>
  count: number
  firstMs: number
  lastMs: number
}

/**
 * What was not taken, counted by project and reason for as long as it keeps coming. Invariant: the one that
 * happened last stands last, so that the first is the one to forget.
 */
export class TroubleTally {
  private readonly clock: () => number
  private readonly tallies = new Map<string, Tally>()

  constructor(clock: () => number) {
    this.clock = clock
  }

  note(trouble: Tally['trouble'], count = 1): void {
    const nowMs = this.clock()
    const { kind, projectId, signal, reason } = trouble
    const key = `${kind} ${projectId} ${signal} ${reason}`
    const known = this.tallies.get(key)
    const isStale = known === undefined || nowMs - known.lastMs > forgottenAfterMs
    this.tallies.delete(key)
    this.tallies.set(key, {
      trouble: { kind, projectId, signal, reason },
      count: isStale ? count : known.count + count,
      firstMs: isStale ? nowMs : known.firstMs,
      lastMs: nowMs,
    })
    const oldest = this.tallies.keys().next()
    if (this.tallies.size > kindsMax && oldest.done !== true) this.tallies.delete(oldest.value)
  }

  /** What happened within the hour, the latest first. */
  list(): IngestTrouble[] {
    const nowMs = this.clock()
    return [...this.tallies.values()]
      .filter(({ lastMs }) => nowMs - lastMs <= forgottenAfterMs)
      .map(({ trouble, count, firstMs, lastMs }) => ({
        ...trouble,
        count,
        firstAt: new Date(firstMs).toISOString(),
        lastAt: new Date(lastMs).toISOString(),
      }))
      .toReversed()
  }
}
