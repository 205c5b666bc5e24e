import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { publishFeed, type Control } from '@clew/control'
import { createRedactor, type Redactor } from '@clew/privacy'
import { errorOf, pathOf, placeOf, type Logger, type Metrics, type Mount } from '@clew/runtime'
import type { InsertBatch, Store } from '@clew/store'
import { createFairBudget } from './admit/fair-budget.ts'
import { FairTurns } from './admit/fair-turns.ts'
import { createKeyRates } from './admit/key-rates.ts'
import { openPriceBooks } from './convert/price-books.ts'
import { Forwarder } from './forward/forwarder.ts'
import { createSendOtlp } from './forward/send-otlp.ts'
import { handleExport, type ExportDeps, type ExportOutcome } from './handle-export.ts'
import { toLimits, type IngestConfig, type IngestLimits } from './ingest-config.ts'
import { createIngestMetrics, type IngestMetrics } from './ingest-metrics.ts'
import { answerExport } from './reply/answer-export.ts'
import { ingestPrefixes, routeSignal } from './request/route.ts'
import { openWatermark } from './summarise/watermark.ts'
import { Summariser } from './summarise/summariser.ts'
import { TroubleTally } from './watch/trouble-tally.ts'
import { measureStored, watchIngest } from './watch/watch-ingest.ts'
import { toFeedEntries } from './write/to-feed-entries.ts'
import { DurableWriter } from './write/durable-writer.ts'
import { GroupCommit } from './write/group-commit.ts'
import type { IngestRows, WriteOutcome } from './write/ingest-rows.ts'
import { createRetryMemory } from './write/retry-memory.ts'
import { openSpool } from './write/spool.ts'

export interface IngestDeps {
  store: Store
  control: Control
  logger: Logger
  config: IngestConfig
  /** Milliseconds since the epoch. */
  clock?: () => number
  metrics?: Pick<Metrics, 'counter' | 'gauge' | 'histogram'>
  /** Takes secrets out before anything is stored or published; by default with the default rules. */
  redactor?: Redactor
}

/** OTLP in, rows out. Takes POSTs of traces, logs and metrics; everything else is left to other mounts. */
export function createIngest(deps: IngestDeps): Mount {
  const metrics = createIngestMetrics(deps.metrics)
  let running: RunningIngest | undefined
  return {
    prefix: ingestPrefixes,
    start: async () => {
      running = await startIngest({ ...deps, metrics })
    },
    stop: async () => {
      const stopping = running
      running = undefined
      await stopping?.stop()
    },
    handle: async (req, res) => {
      const signal = req.method === 'POST' ? routeSignal(pathOf(req)) : undefined
      if (signal === undefined) return false
      const take = running?.take
      const logger = deps.logger
      const status = await answerExport({
        req,
        res,
        signal,
        logger,
        onRefused: (reason) => metrics.refused.add(1, { signal, reason }),
        ...(take === undefined ? {} : { take }),
      })
      metrics.requests.add(1, { signal, status: String(status) })
      return true
    },
  }
}

/** For requests whose bodies are still arriving; what is complete is always written. */
const stopGraceMs = 3000

interface RunningIngest {
  take: (request: Parameters<typeof handleExport>[1]) => Promise<ExportOutcome>
  stop(): Promise<void>
}

async function startIngest(
  deps: Omit<IngestDeps, 'metrics'> & { metrics: IngestMetrics },
): Promise<RunningIngest> {
  const { store, control, logger, config, metrics, clock = Date.now, redactor = createRedactor() } = deps
  const limits = toLimits(config)
  const spool = await openSpool({ dir: config.spoolDir, bytesMax: limits.spoolBytesMax })
  const watermark = openWatermark(join(config.spoolDir, 'summarised-until'))
  const summariser = new Summariser({ store, control, logger, metrics, limits, clock, watermark })
  const feed = createFeedPublisher({ control, logger })
  const forwarder = createForwarder({ config, control, metrics, logger })
  const onStored = (batch: InsertBatch): void => {
    measureStored({ metrics, clock }, batch)
    summariser.markDirty(batch)
    feed.publish(batch)
    forwarder?.take(batch)
  }
  const writer = new DurableWriter({ store, spool, logger, metrics, limits, clock, onStored })
  const commits = createCommits({ writer, limits, metrics })
  const troubles = new TroubleTally(clock)
  const exportDeps = createExportDeps({
    control,
    redactor,
    limits,
    metrics,
    troubles,
    clock,
    commits,
    logger,
  })
  const { pendingBytes } = exportDeps
  const { spoolDir } = config
  const parts = { control, logger, metrics, limits, clock, spoolDir, spool, writer, summariser }
  const watch = watchIngest({ ...parts, pendingBytes, troubles })
  writer.start()
  await summariser.start()
  await watch.start()
  const active = new Set<Promise<unknown>>()
  return {
    take: (request) => {
      const taking = handleExport(exportDeps, request)
      const settled = taking.catch(() => {}).finally(() => active.delete(settled))
      active.add(settled)
      return taking
    },
    stop: async () => {
      await Promise.race([Promise.all(active), setTimeout(stopGraceMs, undefined, { ref: false })])
      await commits.drain()
      await writer.stop()
      await Promise.race([feed.settle(), setTimeout(stopGraceMs, undefined, { ref: false })])
      await forwarder?.stop(stopGraceMs)
      await summariser.stop()
      await watch.stop()
    },
  }
}

function createForwarder(parts: {
  config: IngestConfig
  control: Control
  metrics: IngestMetrics
  logger: Logger
}): Forwarder | undefined {
  const { config, control, metrics, logger } = parts
  if (config.forward === undefined) return undefined
  const send = createSendOtlp(config.forward)
  return new Forwarder({ send, instanceId: control.instanceId, metrics, logger })
}

function createCommits({
  writer,
  limits,
  metrics,
}: {
  writer: DurableWriter
  limits: IngestLimits
  metrics: IngestMetrics
}) {
  return new GroupCommit<IngestRows, WriteOutcome>({
    commit: (requests) => {
      metrics.batchBytes.observe(requests.reduce((sum, { bytes }) => sum + bytes, 0))
      return writer.write(requests)
    },
    bytesOf: ({ bytes }) => bytes,
    bytesMax: limits.batchBytesMax,
    ageMs: () => (writer.isSpooling ? limits.spoolAgeMs : limits.batchAgeMs),
    atOnceMax: limits.insertsAtOnceMax,
  })
}

function createExportDeps(parts: {
  control: Control
  redactor: Redactor
  limits: IngestLimits
  metrics: IngestMetrics
  troubles: TroubleTally
  clock: () => number
  commits: GroupCommit<IngestRows, WriteOutcome>
  logger: Logger
}): ExportDeps {
  const { commits, limits, clock, logger, ...rest } = parts
  return {
    ...rest,
    limits,
    clock,
    requests: createFairBudget(limits.requestsAtOnceMax),
    pendingBytes: createFairBudget(limits.pendingBytesMax),
    turns: new FairTurns({ bytesMax: limits.workingBytesMax, waitMs: limits.turnWaitMs }),
    rates: createKeyRates({ clock }),
    prices: openPriceBooks(rest.control),
    retries: createRetryMemory<ExportOutcome>({
      windowMs: limits.retryWindowMs,
      isFinal: (outcome) => outcome.ok,
      clock,
    }),
    submit: (rows) => commits.submit(rows),
    onBug: (error) => logger.error('record could not be processed', { error: placeOf(error) }),
  }
}

/** Tells the feed which traces received rows; a feed that is away costs liveness, not data. */
function createFeedPublisher({ control, logger }: { control: Control; logger: Logger }) {
  const pending = new Set<Promise<void>>()
  const publishOne = async (entry: Parameters<typeof publishFeed>[1]): Promise<void> => {
    try {
      await publishFeed(control, entry)
    } catch (error) {
      logger.error('feed was not told of spans', { error: errorOf(error) })
    }
  }
  return {
    publish: (batch: InsertBatch): void => {
      for (const entry of toFeedEntries(batch)) {
        const publishing = publishOne(entry)
        pending.add(publishing)
        void publishing.finally(() => pending.delete(publishing))
      }
    },
    settle: async (): Promise<void> => void (await Promise.all(pending)),
  }
}
