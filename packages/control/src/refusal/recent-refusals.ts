/** A request that came with a key that didn't fit; the key itself is never kept. */
export interface RefusedKey {
  at: string
  code: 'unknown-key' | 'revoked-key' | 'expired-key' | 'forbidden'
  /** The last four characters. */
  hint: string
}

const keptMax = 50

/** The newest refusals, one for each key and reason, so that a sender who retries doesn't push out the others. */
export class RecentRefusals {
  private readonly kept = new Map<string, RefusedKey>()

  note(refusal: RefusedKey): void {
    const id = `${refusal.code} ${refusal.hint}`
    this.kept.delete(id)
    this.kept.set(id, refusal)
    const oldest = this.kept.keys().next()
    if (this.kept.size > keptMax && oldest.done !== true) this.kept.delete(oldest.value)
  }

  /** Newest first. */
  list(sinceMs: number): RefusedKey[] {
    return [...this.kept.values()].filter((refusal) => Date.parse(refusal.at) >= sinceMs).toReversed()
  }
}
