import type { WireSpan } from '@clew/semconv/span'
import type { TraceNode, TraceTree } from './trace-tree.ts'

const flowing = ['sessionId', 'userId', 'tenantId', 'runId'] as const

/**
 * Lets session, user, tenant, run and agent flow from ancestors to descendants that lack them, and marks
 * what was inherited. A sub-agent never takes its parent's name, nor does what runs below it.
 */
export function inherit(tree: TraceTree): void {
  const agentBelow = new Map<TraceNode, WireSpan['agent']>()
  const open = [...tree.roots]
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    const above = node.parent === undefined ? undefined : agentBelow.get(node.parent)
    if (node.parent !== undefined) inheritFrom({ from: node.parent.span, agent: above, span: node.span })
    agentBelow.set(node, agentFor(node, above))
    open.push(...node.children)
  }
}

function inheritFrom(args: { from: WireSpan; agent: WireSpan['agent']; span: WireSpan }): void {
  const { from, agent, span } = args
  const inherited: string[] = []
  for (const field of flowing) {
    const value = from[field]
    if (value === undefined || span[field] !== undefined) continue
    span[field] = value
    inherited.push(field)
  }
  if (agent !== undefined && span.agent === undefined && span.kind !== 'AGENT') {
    span.agent = agent
    inherited.push('agent')
  }
  if (inherited.length > 0) span.inherited = inherited
}

/**
 * The agent of what lies below a span. A model loop of the AI SDK is an agent without a name unless the
 * app gave one: the work of the agent around it.
 */
function agentFor({ span }: TraceNode, above: WireSpan['agent']): WireSpan['agent'] {
  const isLoop = span.kind === 'AGENT' && span.dialect === 'ai-sdk'
  return span.agent ?? (isLoop ? above : undefined)
}
