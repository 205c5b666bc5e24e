import { toDurationMs, toEpochMs } from '@clew/domain'
import type { RunSummary } from '@clew/domain'
import { totalTokens } from '@clew/domain/format'

export interface Measures {
  endedCount: number
  okCount: number
  errorCount: number
  /** Runs that recorded an outcome, and those whose outcome is success. */
  outcomeCount: number
  successCount: number
  /** 0..1 of the ended ones; absent while nothing has ended. */
  endedWellRate?: number
  /** By outcome where outcomes are recorded, else by how runs ended. */
  costPerSuccess?: number
  currency?: string
  durationMsP50?: number
  durationMsP95?: number
  spanCount: number
  spanErrorRate?: number
  tokens?: number
}

export interface ErrorGroup {
  key: string
  /** The span that failed first. */
  name: string
  message?: string
  count: number
  lastTraceId: string
  lastUnixNano: string
  /** Runs a bin, oldest first. */
  bins: number[]
}

/** What the runs of a window amount to; what none of them recorded stays absent. */
export function measureRuns(runs: readonly RunSummary[]): Measures {
  const ended = runs.filter((run) => run.status !== 'running')
  const ok = ended.filter((run) => run.status === 'ok' || run.status === 'unset')
  const errors = ended.filter((run) => run.status === 'error')
  const judged = ok.length + errors.length
  const judgedByOutcome = ended.filter((run) => run.outcome !== undefined)
  const successes = judgedByOutcome.filter((run) => run.outcome === 'success').length
  const spanCount = runs.reduce((sum, run) => sum + run.spanCount, 0)
  const spanErrors = runs.reduce((sum, run) => sum + run.errorCount, 0)
  const durations = ended.map((run) => toDurationMs(run.durationNs)).toSorted((a, b) => a - b)
  const [p50, p95] = [quantile({ sorted: durations, at: 0.5 }), quantile({ sorted: durations, at: 0.95 })]
  const tokens = sumOf(runs.map((run) => totalTokens(run.usage)))
  return {
    endedCount: ended.length,
    okCount: ok.length,
    errorCount: errors.length,
    outcomeCount: judgedByOutcome.length,
    successCount: successes,
    spanCount,
    ...(judged === 0 ? {} : { endedWellRate: ok.length / judged }),
    ...(spanCount === 0 ? {} : { spanErrorRate: spanErrors / spanCount }),
    ...(p50 === undefined ? {} : { durationMsP50: p50 }),
    ...(p95 === undefined ? {} : { durationMsP95: p95 }),
    ...(tokens === undefined ? {} : { tokens }),
    ...measureCost({ runs, successCount: judgedByOutcome.length > 0 ? successes : ok.length }),
  }
}

/** First errors that share a place and a message, the most frequent first. */
export function groupFirstErrors(options: {
  runs: readonly RunSummary[]
  sinceMs: number
  untilMs: number
  binCount: number
}): ErrorGroup[] {
  const { runs, sinceMs, untilMs, binCount } = options
  const groups = new Map<string, ErrorGroup>()
  for (const run of runs) {
    const error = run.firstError
    if (error === undefined || run.status !== 'error') continue
    const message = error.message ?? error.type
    const key = `${error.name}\u0000${toShape(message ?? '')}`
    const group = groups.get(key) ?? {
      key,
      name: error.name,
      ...(message === undefined ? {} : { message }),
      count: 0,
      lastTraceId: run.traceId,
      lastUnixNano: run.startTimeUnixNano,
      bins: Array.from({ length: binCount }, () => 0),
    }
    group.count += 1
    if (BigInt(run.startTimeUnixNano) > BigInt(group.lastUnixNano)) {
      group.lastUnixNano = run.startTimeUnixNano
      group.lastTraceId = run.traceId
    }
    const bin = Math.floor(((toEpochMs(run.startTimeUnixNano) - sinceMs) / (untilMs - sinceMs)) * binCount)
    const at = Math.min(binCount - 1, Math.max(0, bin))
    group.bins[at] = (group.bins[at] ?? 0) + 1
    groups.set(key, group)
  }
  return [...groups.values()].toSorted(
    (a, b) => b.count - a.count || (a.lastUnixNano < b.lastUnixNano ? 1 : -1),
  )
}

/** Messages that differ only in numbers and ids are one cause. */
function toShape(message: string): string {
  return message.toLowerCase().replaceAll(/[0-9a-f]{8,}|\d+/g, '#')
}

function measureCost({ runs, successCount }: { runs: readonly RunSummary[]; successCount: number }): {
  costPerSuccess?: number
  currency?: string
} {
  const currencies = new Set(
    runs.flatMap((run) => (run.cost?.total === undefined ? [] : [run.cost.currency])),
  )
  const total = sumOf(runs.map((run) => run.cost?.total))
  const [currency] = currencies
  if (total === undefined || currency === undefined || currencies.size > 1 || successCount === 0) return {}
  return { costPerSuccess: total / successCount, currency }
}

function sumOf(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined)
  return known.length === 0 ? undefined : known.reduce((sum, value) => sum + value, 0)
}

function quantile({ sorted, at }: { sorted: readonly number[]; at: number }): number | undefined {
  return sorted[Math.max(0, Math.ceil(sorted.length * at) - 1)]
}
