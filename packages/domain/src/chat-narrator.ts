import type { WireSpan } from '@clew/semconv/span'
import type { ChatEvent, ChatRunStatus } from './chat-event.ts'
import type { RunEvent } from './run-event.ts'
import type { Run, RunStatus, RunSummary } from './run.ts'
import { durationBetween, toDurationMs, toIso } from './time.ts'
import { toReplayEvents } from './to-replay-events.ts'

/** A chat event that still lacks its place in the stream. */
export type ChatEventMaker = (seq: number) => ChatEvent

type Told = {
  [Type in ChatEvent['type']]: Omit<Extract<ChatEvent, { type: Type }>, 'seq' | 'at'>
}[ChatEvent['type']]
type StreamedSnapshot = NonNullable<Extract<RunEvent, { type: 'snapshot' }>['streamed']>

interface Turn {
  spanId: string
  number: number
  startUnixNano: string
}

interface TracedRun {
  spans: Map<string, WireSpan>
  /** Parents of spans that failed: what fails above them is not told again. */
  failedParents: Set<string>
  deltaSeqs: Map<string, number>
  compactions: Map<string, number>
  /** The open turn and the count of turns of each agent's span. */
  turns: Map<string, { open: Turn | undefined; count: number }>
  status: ChatRunStatus | undefined
  totals: string
}

/**
 * Tells the events of runs as those of the chat that they make up. Invariant: each start, end and piece of text is
 * told once, however often and in whatever order the runs' events say it. Live streams and replays share it.
 */
export class ChatNarrator {
  readonly #runs = new Map<string, TracedRun>()

  take(traceId: string, event: RunEvent): ChatEventMaker[] {
    const tell = toTeller()
    this.#take({ traceId, run: this.#runOf(traceId), event, tell })
    return tell.makers
  }

  #runOf(traceId: string): TracedRun {
    const known = this.#runs.get(traceId)
    if (known !== undefined) return known
    const run: TracedRun = {
      spans: new Map(),
      failedParents: new Set(),
      deltaSeqs: new Map(),
      compactions: new Map(),
      turns: new Map(),
      status: undefined,
      totals: '',
    }
    this.#runs.set(traceId, run)
    return run
  }

  #take(of: { traceId: string; run: TracedRun; event: RunEvent; tell: Teller }): void {
    const { traceId, run, event, tell } = of
    switch (event.type) {
      case 'snapshot':
        return this.#takeSnapshot({ traceId, run, snapshot: event, tell })
      case 'span-start':
      case 'span-snapshot':
      case 'span-end':
        return tellSpan({ run, span: event.span, tell, now: event.atUnixNano })
      case 'delta':
        return tellDelta({ traceId, run, delta: event, tell })
      case 'totals':
        return tellTotals({ run, trace: event.trace, tell, at: event.atUnixNano })
      case 'log':
      case 'task-status':
      case 'task-phase':
      case 'task-log':
      case 'end':
        return
    }
  }

  /** What a snapshot holds is told in the order in which it happened. */
  #takeSnapshot(of: {
    traceId: string
    run: TracedRun
    snapshot: Run & { atUnixNano: string; streamed?: StreamedSnapshot }
    tell: Teller
  }): void {
    const { traceId, run, snapshot, tell } = of
    const { trace, spans, streamed = [] } = snapshot
    tellStart({ run, trace, tell })
    for (const event of toReplayEvents({ trace, spans, logs: [] })) {
      if (event.type !== 'snapshot') this.#take({ traceId, run, event, tell })
    }
    const atUnixNano = snapshot.atUnixNano
    for (const { spanId, deltaSeq, ...channels } of streamed) {
      for (const channel of ['reasoning', 'text', 'arguments'] as const) {
        if (channels[channel] === '' || deltaSeq <= (run.deltaSeqs.get(spanId) ?? -1)) continue
        tell(atUnixNano, {
          type: 'content.delta',
          traceId,
          spanId,
          deltaSeq,
          channel,
          text: channels[channel],
        })
      }
      run.deltaSeqs.set(spanId, Math.max(deltaSeq, run.deltaSeqs.get(spanId) ?? -1))
    }
    // The totals of a run that goes on come last in its replay as well.
    tellTotals({ run, trace, tell, at: trace.endTimeUnixNano ?? atUnixNano })
  }
}

interface Teller {
  (atUnixNano: string, told: Told): void
  makers: ChatEventMaker[]
}

function toTeller(): Teller {
  const makers: ChatEventMaker[] = []
  const tell = (atUnixNano: string, told: Told): void => {
    const at = toIso(atUnixNano)
    makers.push((seq) => ({ seq, at, ...told }))
  }
  return Object.assign(tell, { makers })
}

function tellStart({ run, trace, tell }: { run: TracedRun; trace: RunSummary; tell: Teller }): void {
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

function tellTotals(of: { run: TracedRun; trace: RunSummary; tell: Teller; at: string }): void {
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

function tellDelta(of: {
  traceId: string
  run: TracedRun
  delta: Extract<RunEvent, { type: 'delta' }>
  tell: Teller
}): void {
  const { traceId, run, delta, tell } = of
  const { spanId, deltaSeq, channel, text, atUnixNano } = delta
  if (deltaSeq <= (run.deltaSeqs.get(spanId) ?? -1)) return
  run.deltaSeqs.set(spanId, deltaSeq)
  tell(atUnixNano, { type: 'content.delta', traceId, spanId, deltaSeq, channel, text })
}

function tellSpan(of: { run: TracedRun; span: WireSpan; tell: Teller; now: string }): void {
  const { run, span, tell } = of
  const known = run.spans.get(span.spanId)
  if (known !== undefined && known.state !== 'running') return
  run.spans.set(span.spanId, span)
  if (span.duplicateOf !== undefined) return
  if (known === undefined) tellSpanStart(of)
  tellCompactions({ run, span, tell })
  if (span.state !== 'running') tellSpanEnd({ ...of, at: span.endTimeUnixNano ?? of.now })
}

function tellSpanStart({ run, span, tell }: { run: TracedRun; span: WireSpan; tell: Teller }): void {
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

function tellSpanEnd(of: { run: TracedRun; span: WireSpan; tell: Teller; at: string }): void {
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

function tellToolEnd({
  run,
  span,
  tell,
  at,
}: {
  run: TracedRun
  span: WireSpan
  tell: Teller
  at: string
}): void {
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

/** A turn lasts until its agent's next model call, or until the agent ends. */
function openTurn({ run, span, tell }: { run: TracedRun; span: WireSpan; tell: Teller }): void {
  const agentId = agentOf(run, span)?.spanId ?? ''
  const at = span.startTimeUnixNano
  closeTurn({ run, agentId, tell, at })
  const { count } = run.turns.get(agentId) ?? { count: 0 }
  const open = { spanId: span.spanId, number: count + 1, startUnixNano: at }
  run.turns.set(agentId, { open, count: count + 1 })
  tell(at, { type: 'turn.started', ...turnHead({ run, span, turn: open }) })
}

function closeTurn(of: { run: TracedRun; agentId: string; tell: Teller; at: string }): void {
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

function tellCompactions({ run, span, tell }: { run: TracedRun; span: WireSpan; tell: Teller }): void {
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

function turnHead({ run, span, turn }: { run: TracedRun; span: WireSpan; turn: Turn }) {
  const { traceId, spanId } = span
  const agent = agentOf(run, span)
  const name = agent === undefined ? span.agent?.name : (agent.agent?.name ?? agent.name)
  const model = span.model ?? span.requestModel
  return {
    traceId,
    spanId,
    turn: turn.number,
    ...(name !== undefined && { agent: name }),
    ...(model !== undefined && { model }),
  }
}

function toolHead(run: TracedRun, span: WireSpan) {
  const { traceId, spanId, tool } = span
  const agent = agentOf(run, span)
  const agentName = agent === undefined ? span.agent?.name : (agent.agent?.name ?? agent.name)
  return {
    traceId,
    spanId,
    name: tool?.name ?? span.name,
    ...(tool?.callId !== undefined && { callId: tool.callId }),
    ...(agentName !== undefined && { agent: agentName }),
  }
}

function agentOf(run: TracedRun, span: WireSpan): WireSpan | undefined {
  const seen = new Set<string>()
  let id = span.parentSpanId
  while (id !== undefined && !seen.has(id)) {
    seen.add(id)
    const parent = run.spans.get(id)
    if (parent?.kind === 'AGENT' && parent.duplicateOf === undefined) return parent
    id = parent?.parentSpanId
  }
  return undefined
}

/** A turn is over although its call never ended where its sender went away. */
function endStatus(span: WireSpan): 'completed' | 'failed' | 'lost' {
  if (span.status === 'error') return 'failed'
  return span.state === 'ended' ? 'completed' : 'lost'
}
