import type { Db } from '@clew/db'
import type { ProjectId } from '@clew/domain'
import { FeedBatch } from './feed-batch.ts'
import type { FeedChange } from './feed-batch.ts'
import { insertFeedRows } from './insert-feed-rows.ts'
import { pruneFeed } from './prune-feed.ts'

const gatherMs = 25
const firstRetryMs = 250
const lastRetryMs = 5000
const pruneEveryMs = 60_000
/** Beyond this, readers are better off starting afresh than reading it all. */
const waitingMax = 50_000

interface Lane {
  batch: FeedBatch
  waiters: (() => void)[]
  skipped: number
  retryMs: number
  timer: NodeJS.Timeout | undefined
  running: Promise<void> | undefined
}

/**
 * Publishes a project's first change at once, and what follows within 25 ms together. Invariant: a project has at most one
 * statement under way, and a change that was added is published, or counted as skipped when the database is away
 * for so long that too much waits.
 */
export class FeedPublisher {
  private readonly db: Db
  private readonly clock: () => number
  private readonly lanes = new Map<ProjectId, Lane>()
  private readonly pruneTimer: NodeJS.Timeout
  private isClosed = false

  constructor(options: { db: Db; clock: () => number }) {
    this.db = options.db
    this.clock = options.clock
    this.pruneTimer = setInterval(() => void this.prune(), pruneEveryMs)
    this.pruneTimer.unref()
  }

  /** Resolves when the change is committed. */
  async add(projectId: ProjectId, change: FeedChange): Promise<void> {
    if (this.isClosed) return
    const lane = this.laneOf(projectId)
    lane.batch.add(change)
    await new Promise<void>((resolve) => {
      lane.waiters.push(resolve)
      this.schedule(projectId, { lane, delayMs: 0 })
    })
  }

  /** Publishes what waits, once, and ends. */
  async close(): Promise<void> {
    this.isClosed = true
    clearInterval(this.pruneTimer)
    for (const [projectId, lane] of this.lanes) {
      clearTimeout(lane.timer)
      await lane.running
      await this.flush(projectId, lane)
      clearTimeout(lane.timer)
      for (const resolve of lane.waiters) resolve()
    }
    this.lanes.clear()
  }

  private laneOf(projectId: ProjectId): Lane {
    const existing = this.lanes.get(projectId)
    if (existing !== undefined) return existing
    const lane: Lane = {
      batch: new FeedBatch(),
      waiters: [],
      skipped: 0,
      retryMs: firstRetryMs,
      timer: undefined,
      running: undefined,
    }
    this.lanes.set(projectId, lane)
    return lane
  }

  private schedule(projectId: ProjectId, when: { lane: Lane; delayMs: number }): void {
    const { lane, delayMs } = when
    if (lane.timer !== undefined || lane.running !== undefined) return
    lane.timer = setTimeout(() => {
      lane.timer = undefined
      if (lane.batch.isEmpty) {
        this.lanes.delete(projectId)
        return
      }
      lane.running = this.flush(projectId, lane).finally(() => {
        lane.running = undefined
        if (!this.isClosed) this.schedule(projectId, { lane, delayMs: lane.retryMs })
      })
    }, delayMs)
  }

  private async flush(projectId: ProjectId, lane: Lane): Promise<void> {
    if (lane.batch.isEmpty) return
    const { batch, waiters, skipped } = lane
    lane.batch = new FeedBatch()
    lane.waiters = []
    lane.skipped = 0
    const changes = batch.toChanges()
    try {
      await insertFeedRows(this.db, { projectId, changes, skipped, atMs: this.clock() })
      lane.retryMs = gatherMs
      for (const resolve of waiters) resolve()
    } catch {
      this.putBack(lane, { changes, waiters, skipped })
    }
  }

  private putBack(
    lane: Lane,
    failed: { changes: FeedChange[]; waiters: (() => void)[]; skipped: number },
  ): void {
    lane.skipped += failed.skipped
    lane.retryMs = Math.min(Math.max(lane.retryMs * 2, firstRetryMs), lastRetryMs)
    lane.waiters.unshift(...failed.waiters)
    for (const change of failed.changes) {
      if (lane.batch.size < waitingMax) lane.batch.add(change)
      else lane.skipped += 1
    }
  }

  private async prune(): Promise<void> {
    try {
      await pruneFeed(this.db, this.clock())
    } catch {
      // The next round will do.
    }
  }
}
