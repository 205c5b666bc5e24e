import type { RunStatus, RunSummary } from '../run.ts'
import { toDurationMs } from '../time.ts'
import type { ChatRunStatus } from './chat-event.ts'
import { closeTurn } from './tell-turn.ts'
import type { Teller } from './teller.ts'
import type { ToldRun } from './told-run.ts'

/** Tells that a run began, once. */
export function tellStart({ run, trace, tell }: { run: ToldRun; trace: RunSummary; tell: Teller }): void {
  if (run.status !== undefined) return
  const { traceId, name, agents, inputPreview, startTimeUnixNano } = trace
  run.status = 'running'
  tell(startTimeUnixNano, {
    type: 'run.started',
    traceId,
    name,
    ...(agents[0] !== undefined && { agent: agents[0] }),
    ...(inputPreview !== undefined && { input: inputPreview }),
  })
}

/** Tells what a run used so far, and how it stands, where that is new. */
export function tellTotals(of: { run: ToldRun; trace: RunSummary; tell: Teller; at: string }): void {
  const { run, trace, tell, at } = of
  tellStart({ run, trace, tell })
  const { traceId, usage, cost } = trace
  const totals = JSON.stringify([usage, cost])
  if (totals !== run.totals && (usage !== undefined || cost !== undefined)) {
    tell(at, { type: 'usage.updated', traceId, ...(usage && { usage }), ...(cost && { cost }) })
  }
  run.totals = totals
  const status = toChatRunStatus(trace.status)
  if (status === run.status) return
  run.status = status
  if (status !== 'running') for (const agentId of run.turns.keys()) closeTurn({ run, agentId, tell, at })
  tell(at, {
    type: 'run.state_changed',
    traceId,
    status,
    ...(status !== 'running' && { durationMs: toDurationMs(trace.durationNs) }),
    ...(trace.outputPreview !== undefined && status !== 'running' && { output: trace.outputPreview }),
    ...(trace.outcome !== undefined && { outcome: trace.outcome }),
    ...(trace.stopReason !== undefined && { stopReason: trace.stopReason }),
  })
}

function toChatRunStatus(status: RunStatus): ChatRunStatus {
  if (status === 'running' || status === 'lost') return status
  return status === 'error' ? 'failed' : 'completed'
}
