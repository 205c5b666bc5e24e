import { createHash } from 'node:crypto'
import { fail, ok, type Result } from '@clew/domain'
import { errorOf, type Logger } from '@clew/runtime'
import type { InsertBatch, Store, StoreFailure } from '@clew/store'
import type { IngestLimits } from '../ingest-config.ts'
import type { IngestMetrics } from '../ingest-metrics.ts'
import { countRecords } from '../watch/count-records.ts'
import { insertIsolating, type RejectedRows } from './insert-isolating.ts'
import { toInsertBatch, type IngestRows, type WriteOutcome } from './ingest-rows.ts'
import type { Spool } from './spool.ts'
import { toOutcomes } from './to-outcomes.ts'

export interface DurableWriterDeps {
  store: Pick<Store, 'insertBatch'>
  spool: Spool
  logger: Logger
  metrics: IngestMetrics
  /** Milliseconds since the epoch. */
  clock: () => number
  limits: Pick<IngestLimits, 'insertTimeoutMs' | 'replayEveryMs'>
  /** Called once a batch is in the store, also when that was long after its acknowledgement. */
  onStored: (batch: InsertBatch) => void
}

/**
 * Makes requests durable: in the store, or on disk while the store is away. While anything lies on disk one
 * replay at a time brings it back, oldest first. A batch that timed out may have been stored after all: it is
 * spooled too, and its rows replace each other; no replay begins before its insert has ended, or a store that
 * hangs would gather one more batch in memory with every attempt.
 */
export class DurableWriter {
  private readonly deps: DurableWriterDeps
  private awayFromMs: number | undefined
  private isStopped = false
  private timer: NodeJS.Timeout | undefined
  private replaying: Promise<void> | undefined
  private readonly overdue = new Set<Promise<unknown>>()

  constructor(deps: DurableWriterDeps) {
    this.deps = deps
  }

  /** Since when the store takes nothing; absent while it does. */
  get awaySinceMs(): number | undefined {
    return this.awayFromMs
  }

  /** Replays what an earlier process left behind. */
  start(): void {
    this.scheduleReplay(0)
  }

  async stop(): Promise<void> {
    this.isStopped = true
    clearTimeout(this.timer)
    await this.replaying
  }

  /** True while the store is away, so that batches become files. */
  get isSpooling(): boolean {
    return this.awayFromMs !== undefined
  }

  /** One outcome a request; ok means durable. */
  async write(requests: readonly IngestRows[]): Promise<WriteOutcome[]> {
    const batch = toInsertBatch(requests, tokenOf(requests))
    if (this.awayFromMs !== undefined) return toOutcomes(requests, await this.putAside(batch))
    const inserted = await this.insert(batch)
    if (inserted.ok || inserted.error.code === 'rejected') return toOutcomes(requests, inserted)
    if (this.awayFromMs === undefined) {
      this.deps.logger.warn('store is away, spooling', {
        code: inserted.error.code,
        reason: inserted.error.message,
      })
    }
    this.awayFromMs ??= this.deps.clock()
    return toOutcomes(requests, await this.putAside(batch))
  }

  private async insert(batch: InsertBatch): Promise<Result<RejectedRows, StoreFailure>> {
    const { store, metrics, limits, onStored } = this.deps
    const started = performance.now()
    const inserting = insertIsolating(store, batch)
    const inserted = await withTimeout(inserting, limits.insertTimeoutMs)
    if (!inserted.ok && inserted.error.code === 'timeout') this.awaitOverdue(inserting)
    metrics.insertSeconds.observe((performance.now() - started) / 1000)
    if (inserted.ok) onStored(batch)
    return inserted
  }

  private awaitOverdue(inserting: Promise<unknown>): void {
    this.overdue.add(inserting)
    const forget = (): void => void this.overdue.delete(inserting)
    inserting.then(forget, forget)
  }

  private async putAside(batch: InsertBatch): Promise<Result<RejectedRows, StoreFailure>> {
    const { spool, metrics, logger, limits } = this.deps
    const spooled = await spool.append(batch)
    metrics.spoolBytes.set(spool.bytes)
    this.scheduleReplay(limits.replayEveryMs)
    if (spooled.ok) {
      countRecords(metrics.spooled, batch)
      return ok(new Map())
    }
    logger.error('spool did not take a batch', { code: spooled.error.code, reason: spooled.error.message })
    return fail({ code: 'unavailable', message: spooled.error.message })
  }

  private scheduleReplay(delayMs: number): void {
    if (this.isStopped || this.timer !== undefined || this.replaying !== undefined) return
    this.timer = setTimeout(() => {
      this.timer = undefined
      this.replaying = this.replay().finally(() => {
        this.replaying = undefined
        if (this.awayFromMs !== undefined || this.deps.spool.bytes > 0)
          this.scheduleReplay(this.deps.limits.replayEveryMs)
      })
    }, delayMs)
  }

  private async replay(): Promise<void> {
    const { spool, logger, metrics } = this.deps
    if (this.overdue.size > 0) return
    try {
      for (const name of await spool.list()) {
        if (this.isStopped) return
        if (!(await this.replayFile(name))) return
        metrics.spoolBytes.set(spool.bytes)
        this.comeBack()
      }
      this.comeBack()
    } catch (error) {
      logger.error('replay failed', { error: errorOf(error) })
    }
  }

  /** From the first file on that the store took: what arrives now must not queue behind all the others. */
  private comeBack(): void {
    if (this.awayFromMs !== undefined) this.deps.logger.info('store is back')
    this.awayFromMs = undefined
  }

  /** False when the store is still away. */
  private async replayFile(name: string): Promise<boolean> {
    const { spool, logger } = this.deps
    const batch = await spool.read(name)
    if (batch === undefined) {
      logger.error('spool file is unreadable, set aside', { file: name })
      await spool.setAside(name)
      return true
    }
    const inserted = await this.insert(batch)
    if (inserted.ok && inserted.value.size === 0) {
      await spool.remove(name)
      return true
    }
    if (inserted.ok) {
      logger.error('store rejected spooled rows, set aside', { file: name, rows: inserted.value.size })
      await spool.setAside(name)
      return true
    }
    if (inserted.error.code !== 'rejected') {
      this.awayFromMs ??= this.deps.clock()
      return false
    }
    const { engineCode } = inserted.error
    logger.error('store rejected a spooled batch, set aside', { file: name, engineCode })
    await spool.setAside(name)
    return true
  }
}

function tokenOf(requests: readonly IngestRows[]): string {
  const [first] = requests
  if (requests.length === 1 && first !== undefined) return first.token
  const hash = createHash('sha256')
  for (const { token } of requests) hash.update(token)
  return hash.digest('hex')
}

async function withTimeout(
  inserting: Promise<Result<RejectedRows, StoreFailure>>,
  timeoutMs: number,
): Promise<Result<RejectedRows, StoreFailure>> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<Result<RejectedRows, StoreFailure>>((resolve) => {
    const message = `no answer within ${timeoutMs} ms`
    timer = setTimeout(() => resolve(fail({ code: 'timeout', message })), timeoutMs)
  })
  try {
    return await Promise.race([inserting, late])
  } catch (error) {
    return fail({ code: 'unavailable', message: errorOf(error).message })
  } finally {
    clearTimeout(timer)
  }
}
