import type { Filter } from '@clew/domain'
import { toUnixNano } from '@clew/domain'
import { z } from 'zod'
import { filterTimeMs } from '../filter/compile-filter.ts'
import { bigCountColumn } from '../rows/column-schemas.ts'
import { readRows } from '../rows/read-rows.ts'
import type { Store } from '../store.ts'
import { matchRuns } from './run-filter.ts'
import type { ProjectScope } from './scope.ts'

export interface RunHistogramBucket {
  startUnixNano: string
  total: number
  failed: number
  running: number
}

const bucketRow = z.object({
  bucket: bigCountColumn,
  total: bigCountColumn,
  failed: bigCountColumn,
  running: bigCountColumn,
})

/**
 * Runs over time in equal buckets, empty ones included; from `since` (else the first run that matches) to
 * `until` (else now). `project_id` is bound by `matchRuns`.
 */
export async function runHistogram(
  store: Store,
  args: ProjectScope & { filter: Filter; buckets: number },
): Promise<RunHistogramBucket[]> {
  const { where, params } = matchRuns(store, args)
  const until = BigInt(toUnixNano(filterTimeMs(args.filter.until) ?? store.clock() + 1))
  const from = await firstStart(store, { ...args, where, params })
  if (from === undefined || from >= until) return []
  const buckets = BigInt(Math.max(1, Math.trunc(args.buckets)))
  const width = (until - from + buckets - 1n) / buckets
  const rows = await readRows(store, {
    sql: `SELECT intDiv(toUnixTimestamp64Nano(start_time) - {from:Int64}, {width:Int64}) AS bucket, count() AS total,
  countIf(status = 'error') AS failed, countIf(status = 'running') AS running
FROM trace_summary FINAL WHERE ${where} GROUP BY bucket`,
    params: { ...params, from: from.toString(), width: width.toString() },
    row: bucketRow,
  })
  const byBucket = new Map(rows.map((row) => [row.bucket, row]))
  return Array.from({ length: Number(buckets) }, (_, index) => {
    const { total, failed, running } = byBucket.get(index) ?? { total: 0, failed: 0, running: 0 }
    return { startUnixNano: String(from + width * BigInt(index)), total, failed, running }
  })
}

async function firstStart(
  store: Store,
  args: { filter: Filter; where: string; params: Parameters<typeof readRows>[1]['params'] },
): Promise<bigint | undefined> {
  const since = filterTimeMs(args.filter.since)
  if (since !== undefined) return BigInt(toUnixNano(since))
  const [row] = await readRows(store, {
    sql: `SELECT count() AS runs, toUnixTimestamp64Nano(min(start_time)) AS first_ns
FROM trace_summary FINAL WHERE ${args.where}`,
    params: args.params,
    row: z.object({ runs: bigCountColumn, first_ns: z.string() }),
  })
  return row && row.runs > 0 ? BigInt(row.first_ns) : undefined
}
