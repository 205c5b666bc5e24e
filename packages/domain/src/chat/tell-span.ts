import type { WireSpan } from '@clew/semconv/span'
import { toDurationMs } from '../time.ts'
import { closeTurn, openTurn } from './tell-turn.ts'
import type { Teller } from './teller.ts'
import { agentNameOf, endStatus, type ToldRun } from './told-run.ts'

/** Tells the start and the end of a span, and what happened in it, each once. */
export function tellSpan(of: { run: ToldRun; span: WireSpan; tell: Teller; now: string }): void {
  const { run, span, tell } = of
  const known = run.spans.get(span.spanId)
  if (known !== undefined && known.state !== 'running') return
  run.spans.set(span.spanId, span)
  if (span.duplicateOf !== undefined) return
  if (known === undefined) tellSpanStart(of)
  tellCompactions({ run, span, tell })
  if (span.state !== 'running') tellSpanEnd({ ...of, at: span.endTimeUnixNano ?? of.now })
}

function tellSpanStart({ run, span, tell }: { run: ToldRun; span: WireSpan; tell: Teller }): void {
  const { traceId, spanId, startTimeUnixNano: at, input } = span
  if (span.kind === 'LLM') openTurn({ run, span, tell })
  else if (span.kind === 'TOOL' || span.kind === 'RETRIEVER') {
    const given = span.tool?.arguments ?? input
    tell(at, {
      type: 'tool.started',
      ...toolHead(run, span),
      ...(given !== undefined && { arguments: given }),
    })
  } else if (span.kind === 'APPROVAL') {
    tell(at, {
      type: 'approval.required',
      traceId,
      spanId,
      name: span.name,
      ...(input !== undefined && { input }),
    })
  }
}

function tellSpanEnd(of: { run: ToldRun; span: WireSpan; tell: Teller; at: string }): void {
  const { run, span, tell, at } = of
  const { traceId, spanId } = span
  if (span.kind === 'AGENT') closeTurn({ run, agentId: spanId, tell, at })
  else if (span.kind === 'TOOL' || span.kind === 'RETRIEVER') tellToolEnd(of)
  else if (span.kind === 'APPROVAL') {
    const { approval, output, name } = span
    tell(at, {
      type: 'approval.resolved',
      traceId,
      spanId,
      name,
      ...(approval?.decision !== undefined && { decision: approval.decision }),
      ...(approval?.by !== undefined && { by: approval.by }),
      ...(approval?.waitMs !== undefined && { waitMs: approval.waitMs }),
      ...(output !== undefined && { output }),
    })
  }
  if (span.status !== 'error') return
  if (span.parentSpanId !== undefined) run.failedParents.add(span.parentSpanId)
  if (run.failedParents.has(spanId)) return
  const message = span.errorMessage ?? span.statusMessage
  tell(at, {
    type: 'error',
    traceId,
    spanId,
    name: span.name,
    ...(message !== undefined && { message }),
    ...(span.errorType !== undefined && { errorType: span.errorType }),
  })
}

function tellToolEnd(of: { run: ToldRun; span: WireSpan; tell: Teller; at: string }): void {
  const { run, span, tell, at } = of
  const result = span.tool?.result ?? span.output
  const error = span.status === 'error' ? (span.errorMessage ?? span.statusMessage) : undefined
  tell(at, {
    type: 'tool.completed',
    ...toolHead(run, span),
    status: endStatus(span),
    ...(span.durationNs !== undefined && { durationMs: toDurationMs(span.durationNs) }),
    ...(result !== undefined && { result }),
    ...(error !== undefined && { error }),
  })
}

function tellCompactions({ run, span, tell }: { run: ToldRun; span: WireSpan; tell: Teller }): void {
  const { traceId, spanId } = span
  const compactions = span.events.filter(({ name }) => name === 'context.compacted')
  const told = run.compactions.get(spanId) ?? 0
  run.compactions.set(spanId, Math.max(told, compactions.length))
  for (const { timeUnixNano, attributes } of compactions.slice(told)) {
    const detail = attributes['detail']
    tell(timeUnixNano, {
      type: 'context.compacted',
      traceId,
      spanId,
      ...(typeof detail === 'string' && { detail }),
    })
  }
}

function toolHead(run: ToldRun, span: WireSpan) {
  const { traceId, spanId, tool } = span
  const agentName = agentNameOf(run, span)
  return {
    traceId,
    spanId,
    name: tool?.name ?? span.name,
    ...(tool?.callId !== undefined && { callId: tool.callId }),
    ...(agentName !== undefined && { agent: agentName }),
  }
}
