import type { RunSummary } from '@clew/domain'

export type TableRow =
  | { type: 'group'; key: string; group: 'running' | 'failed' | 'rest'; count: number; shown: number }
  | { type: 'run'; key: string; run: RunSummary }

/** More would leave no room for the rest; those beyond stand among everything else. */
const pinnedMax = 8

/** Running runs are pinned, failures surfaced, everything else follows newest first; no run stands twice. */
export function buildTableRows(options: {
  running: readonly RunSummary[]
  failed: readonly RunSummary[]
  failedCount: number
  all: readonly RunSummary[]
  count: number | undefined
  isGrouped: boolean
}): TableRow[] {
  const { running, failedCount, all, count, isGrouped } = options
  if (!isGrouped) return all.map(toRow)
  const pins = running.slice(0, pinnedMax)
  const pinned = new Set(pins.map((run) => run.traceId))
  const failed = options.failed.filter((run) => !pinned.has(run.traceId))
  const surfaced = new Set([...pinned, ...failed.map((run) => run.traceId)])
  const rest = all.filter((run) => !surfaced.has(run.traceId))
  if (surfaced.size === 0) return rest.map(toRow)
  const restCount = count === undefined ? rest.length : Math.max(rest.length, count - surfaced.size)
  return [
    ...section({ group: 'running', count: running.length, runs: pins }),
    ...section({ group: 'failed', count: Math.max(failedCount, failed.length), runs: failed }),
    ...section({ group: 'rest', count: restCount, runs: rest }),
  ]
}

function section(options: {
  group: 'running' | 'failed' | 'rest'
  count: number
  runs: readonly RunSummary[]
}): TableRow[] {
  const { group, count, runs } = options
  if (runs.length === 0) return []
  return [{ type: 'group', key: `group-${group}`, group, count, shown: runs.length }, ...runs.map(toRow)]
}

function toRow(run: RunSummary): TableRow {
  return { type: 'run', key: run.traceId, run }
}
