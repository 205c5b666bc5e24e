import type { WireSpan } from '@clew/semconv/span'
import { durationBetween, toDurationMs } from '../time.ts'
import type { Teller } from './teller.ts'
import { agentNameOf, agentOf, endStatus, type ToldRun, type Turn } from './told-run.ts'

/** A turn lasts until its agent's next model call, or until the agent ends. */
export function openTurn({ run, span, tell }: { run: ToldRun; span: WireSpan; tell: Teller }): void {
  const agentId = agentOf(run, span)?.spanId ?? ''
  const at = span.startTimeUnixNano
  closeTurn({ run, agentId, tell, at })
  const { count } = run.turns.get(agentId) ?? { count: 0 }
  const open = { spanId: span.spanId, number: count + 1, startUnixNano: at }
  run.turns.set(agentId, { open, count: count + 1 })
  tell(at, { type: 'turn.started', ...turnHead({ run, span, turn: open }) })
}

/** Ends the open turn of an agent, if there is one. */
export function closeTurn(of: { run: ToldRun; agentId: string; tell: Teller; at: string }): void {
  const { run, agentId, tell, at } = of
  const turns = run.turns.get(agentId)
  const span = turns?.open === undefined ? undefined : run.spans.get(turns.open.spanId)
  if (turns?.open === undefined || span === undefined) return
  const { open } = turns
  turns.open = undefined
  tell(at, {
    type: 'turn.completed',
    ...turnHead({ run, span, turn: open }),
    status: endStatus(span),
    durationMs: toDurationMs(durationBetween(open.startUnixNano, at)),
    ...(span.output !== undefined && { output: span.output }),
    ...(span.finishReason !== undefined && { finishReason: span.finishReason }),
    ...(span.outputToolCalls !== undefined && {
      toolCalls: span.outputToolCalls.map(({ id, name }) => ({ ...(id !== undefined && { id }), name })),
    }),
    ...(span.usage && { usage: span.usage }),
    ...(span.cost && { cost: span.cost }),
  })
}

function turnHead({ run, span, turn }: { run: ToldRun; span: WireSpan; turn: Turn }) {
  const { traceId, spanId } = span
  const name = agentNameOf(run, span)
  const model = span.model ?? span.requestModel
  return {
    traceId,
    spanId,
    turn: turn.number,
    ...(name !== undefined && { agent: name }),
    ...(model !== undefined && { model }),
  }
}
