import type { Control, IngestReport } from '@clew/control'
import type { Logger } from '@clew/runtime'
import type { InsertBatch } from '@clew/store'
import type { FairBudget } from '../admit/fair-budget.ts'
import type { IngestLimits } from '../ingest-config.ts'
import type { IngestMetrics } from '../ingest-metrics.ts'
import type { Summariser } from '../summarise/summariser.ts'
import type { DurableWriter } from '../write/durable-writer.ts'
import type { Spool } from '../write/spool.ts'
import { countRecords } from './count-records.ts'
import { inspectSpool } from './inspect-spool.ts'
import { createReporter, type Reporter } from './reporter.ts'
import type { TroubleTally } from './trouble-tally.ts'

export interface WatchDeps {
  control: Control
  logger: Logger
  metrics: IngestMetrics
  limits: IngestLimits
  clock: () => number
  spoolDir: string
  spool: Spool
  writer: DurableWriter
  summariser: Summariser
  pendingBytes: FairBudget
  troubles: TroubleTally
}

/** Looks at all parts of the ingest every few seconds: into its gauges, and into its report for the doctor. */
export function watchIngest(deps: WatchDeps): Reporter {
  const { control, logger, spoolDir, clock } = deps
  const startedAt = new Date(clock()).toISOString()
  return createReporter({
    control,
    logger,
    dir: spoolDir,
    everyMs: deps.limits.reportEveryMs,
    build: async () => {
      const report = await buildReport(deps, startedAt)
      setGauges(deps.metrics, report)
      return report
    },
  })
}

async function buildReport(deps: WatchDeps, startedAt: string): Promise<IngestReport> {
  const { limits, spool, writer, summariser, pendingBytes, troubles, control, spoolDir } = deps
  const { disk, ...found } = await inspectSpool(spoolDir)
  const awayMs = writer.awaySinceMs
  return {
    startedAt,
    queue: { bytes: pendingBytes.used, bytesMax: limits.pendingBytesMax },
    spool: {
      bytes: spool.bytes,
      bytesMax: limits.spoolBytesMax,
      ...found,
      ...(awayMs === undefined ? {} : { storeAwaySince: new Date(awayMs).toISOString() }),
    },
    ...(disk === undefined ? {} : { disk }),
    summariser: summariser.lag(),
    troubles: troubles.list(),
    refusedKeys: control.refusals.list(0),
  }
}

function setGauges(metrics: IngestMetrics, { queue, spool, disk, summariser }: IngestReport): void {
  metrics.pendingBytesMax.set(queue.bytesMax)
  metrics.spoolBytes.set(spool.bytes)
  metrics.spoolBytesMax.set(spool.bytesMax)
  metrics.spoolFiles.set(spool.files)
  metrics.storeAway.set(spool.storeAwaySince === undefined ? 0 : 1)
  if (disk !== undefined) metrics.spoolDiskFreeBytes.set(disk.freeBytes)
  metrics.summaryLagSeconds.set(summariser.behindMs / 1000)
}

/** Counts a batch that the store took, and how long its oldest record had waited for that. */
export function measureStored(
  { metrics, clock }: { metrics: IngestMetrics; clock: () => number },
  batch: InsertBatch,
): void {
  let oldestMs = Infinity
  for (const { owner } of batch.spans) oldestMs = Math.min(oldestMs, owner.receivedAtMs)
  for (const { owner } of batch.logs) oldestMs = Math.min(oldestMs, owner.receivedAtMs)
  countRecords(metrics.inserted, batch)
  metrics.batchRecords.observe(batch.spans.length + batch.logs.length)
  if (Number.isFinite(oldestMs)) metrics.lagSeconds.observe(Math.max(0, clock() - oldestMs) / 1000)
}
