import type { Db } from '@clew/db'
import { sql } from 'drizzle-orm'

const flushEveryMs = 10_000

/**
 * When each key was last used, written every ten seconds rather than on every request. Invariant: what is not
 * written yet is in `pending`, also after a failed write.
 */
export class KeyUsage {
  private readonly db: Db
  private readonly timer: NodeJS.Timeout
  private pending = new Map<string, number>()

  constructor(db: Db) {
    this.db = db
    this.timer = setInterval(() => void this.flush(), flushEveryMs)
    this.timer.unref()
  }

  note(keyId: string, atMs: number): void {
    this.pending.set(keyId, atMs)
  }

  /** What is noted and perhaps not yet written. */
  lastUsedAtMs(keyId: string): number | undefined {
    return this.pending.get(keyId)
  }

  async flush(): Promise<void> {
    if (this.pending.size === 0) return
    const batch = this.pending
    this.pending = new Map()
    const ids = [...batch.keys()]
    const times = [...batch.values()].map((atMs) => new Date(atMs).toISOString())
    try {
      await this.db.orm.execute(
        sql`update api_key set last_used_at = greatest(api_key.last_used_at, used.at)
          from unnest(${sql.param(ids)}::uuid[], ${sql.param(times)}::timestamptz[]) as used(id, at)
          where api_key.id = used.id`,
      )
    } catch {
      // The next round writes them; a newer use of the same key stands.
      for (const [id, atMs] of batch) if (!this.pending.has(id)) this.pending.set(id, atMs)
    }
  }

  async close(): Promise<void> {
    clearInterval(this.timer)
    await this.flush()
  }
}
