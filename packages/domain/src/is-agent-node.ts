import type { WireSpan } from '@clew/semconv/span'

/** True for what the graph draws as an agent: LangGraph has no kind for one, only a chain that bears its name. */
export function isAgentNode(span: WireSpan): boolean {
  if (span.kind !== 'CHAIN') return span.kind === 'AGENT'
  return span.agent?.name === span.name && span.name !== '' && span.inherited?.includes('agent') !== true
}
