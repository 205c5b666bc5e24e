import { performance } from 'node:perf_hooks'
import type { Db } from '@clew/db'
import { tables } from '@clew/db'

const verifiedForMs = 400
const staleForMs = 5 * 60_000

/**
 * Knows whether what is cached may still be used. Every change of keys, policies, projects or people raises one
 * number in its transaction, so one small query at most each 400 ms stands for all cached rows, whatever happens
 * to notifications. While the database is away, what is cached goes on serving for five minutes.
 */
export class EpochGuard {
  private readonly db: Db
  private readonly onChange: () => void
  private epoch: number | undefined
  private verifiedAtMs = Number.NEGATIVE_INFINITY
  private checking: Promise<void> | undefined

  constructor(options: { db: Db; onChange: () => void }) {
    this.db = options.db
    this.onChange = options.onChange
  }

  /** Resolves when nothing older than 400 ms is cached; rejects when that hasn't been known for five minutes. */
  async fresh(): Promise<void> {
    if (performance.now() - this.verifiedAtMs < verifiedForMs) return
    this.checking ??= this.check().finally(() => {
      this.checking = undefined
    })
    await this.checking
  }

  /** Another process, or this one, tells of a change. */
  changed(epoch: number | undefined): void {
    if (epoch !== undefined && epoch === this.epoch) return
    this.epoch = epoch
    this.onChange()
  }

  private async check(): Promise<void> {
    const startedAtMs = performance.now()
    try {
      const [row] = await this.db.orm.select({ epoch: tables.instance.epoch }).from(tables.instance)
      if (row === undefined) throw new Error('the instance row is missing')
      this.changed(row.epoch)
      this.verifiedAtMs = startedAtMs
    } catch (error) {
      if (startedAtMs - this.verifiedAtMs > staleForMs) throw error
    }
  }
}
