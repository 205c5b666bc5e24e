import { toEpochMs } from '@clew/domain'
import type { RunSummary } from '@clew/domain'
import { titleOfRun } from '@clew/domain/story'
import {
  formatCount,
  formatDuration,
  formatElapsed,
  formatMoment,
  formatMoney,
  totalTokens,
} from '@clew/domain/format'
import { fit } from '../terminal/style.ts'
import { drawTable } from '../terminal/table.ts'
import type { Cell, Column } from '../terminal/table.ts'
import type { Terminal } from '../terminal/terminal.ts'

const agentWidth = 16

/** Runs as a table, its heads first. `isGrowing` keeps the columns where they are whatever comes later. */
export function drawRuns(options: {
  terminal: Terminal
  runs: readonly RunSummary[]
  nowMs: number
  isGrowing?: boolean
}): string[] {
  const { terminal, runs, nowMs, isGrowing = false } = options
  const least = (widthMin: number) => (isGrowing ? { widthMin } : {})
  const columns: Column[] = [
    { title: 'id', ...least(8) },
    { title: 'status', ...least(10) },
    { title: 'started', ...least(8) },
    { title: 'agent', ...least(agentWidth) },
    { title: 'asked', isFlexible: true, ...least(terminal.width()) },
    { title: 'took', side: 'right', ...least(8) },
    { title: 'cost', side: 'right', isOptional: true, ...least(8) },
    { title: 'tokens', side: 'right', isOptional: true, ...least(7) },
  ]
  return drawTable({ terminal, columns, rows: runs.map((run) => toRow(run, nowMs)) })
}

function toRow(run: RunSummary, nowMs: number): (Cell | string)[] {
  const startMs = toEpochMs(run.startTimeUnixNano)
  const tokens = totalTokens(run.usage)
  return [
    run.traceId.slice(0, 8),
    statusCell(run),
    formatMoment(startMs, nowMs),
    fit(run.agents[0] ?? '', agentWidth),
    titleOfRun(run),
    run.status === 'running'
      ? formatElapsed(nowMs - startMs)
      : formatDuration(Number(BigInt(run.durationNs) / 1000n) / 1000),
    (run.cost && formatMoney(run.cost)) ?? '',
    tokens === undefined ? '' : formatCount(tokens),
  ]
}

function statusCell({ status, hasError }: RunSummary): Cell {
  switch (status) {
    case 'error':
      return { text: 'x failed', tone: 'fail' }
    case 'lost':
      return { text: '! lost', tone: 'warn' }
    case 'running':
      return { text: 'running', tone: 'run' }
    case 'ok':
    case 'unset':
      return { text: hasError ? 'ok, errors' : 'ok' }
  }
}
