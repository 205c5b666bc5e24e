import type { WireSpan } from '@clew/semconv/span'
import type { ChatRunStatus } from './chat-event.ts'

/** A model call of an agent with what follows it. */
export interface Turn {
  spanId: string
  number: number
  startUnixNano: string
}

/** What has been told of one run of a chat. */
export interface ToldRun {
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

export function createToldRun(): ToldRun {
  return {
    spans: new Map(),
    failedParents: new Set(),
    deltaSeqs: new Map(),
    compactions: new Map(),
    turns: new Map(),
    status: undefined,
    totals: '',
  }
}

/** The nearest agent above a span. */
export function agentOf(run: ToldRun, span: WireSpan): WireSpan | undefined {
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

/** The agent at whose work a span is: the nearest above it, else whom the span itself names. */
export function agentNameOf(run: ToldRun, span: WireSpan): string | undefined {
  const agent = agentOf(run, span)
  return agent === undefined ? span.agent?.name : (agent.agent?.name ?? agent.name)
}

/** A turn is over although its call never ended where its sender went away. */
export function endStatus(span: WireSpan): 'completed' | 'failed' | 'lost' {
  if (span.status === 'error') return 'failed'
  return span.state === 'ended' ? 'completed' : 'lost'
}
