import type { WireSpan } from '@clew/semconv/span'
import type { TraceNode, TraceTree } from './trace-tree.ts'

const flowing = ['sessionId', 'userId', 'tenantId', 'runId'] as const

/**
 * Lets session, user, tenant, run and agent flow from ancestors to descendants that lack them, and marks
 * what was inherited. A sub-agent never takes its parent's name, nor does what runs below it.
 */
export function inherit(tree: TraceTree): void {
  const open = [...tree.roots]
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.parent !== undefined) inheritFrom(node.parent, node)
    open.push(...node.children)
  }
}

function inheritFrom(parent: TraceNode, node: TraceNode): void {
  const from = parent.span
  const { span } = node
  const inherited: string[] = []
  for (const field of flowing) {
    const value = from[field]
    if (value === undefined || span[field] !== undefined) continue
    span[field] = value
    inherited.push(field)
  }
  const agent = span.agent === undefined && span.kind !== 'AGENT' ? agentAbove(parent) : undefined
  if (agent !== undefined) {
    span.agent = agent
    inherited.push('agent')
  }
  if (inherited.length > 0) span.inherited = inherited
}

/** A model loop of the AI SDK is an agent without a name unless the app gave one: its parent's work. */
function agentAbove(parent: TraceNode): WireSpan['agent'] {
  const { span } = parent
  if (span.agent !== undefined || span.kind !== 'AGENT' || span.dialect !== 'ai-sdk') return span.agent
  for (let above = parent.parent; above !== undefined; above = above.parent) {
    const { agent, kind, dialect } = above.span
    if (agent !== undefined || (kind === 'AGENT' && dialect !== 'ai-sdk')) return agent
  }
  return undefined
}
