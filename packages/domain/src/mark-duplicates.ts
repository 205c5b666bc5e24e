import type { WireSpan } from '@clew/semconv/span'
import type { TraceNode, TraceTree } from './trace-tree.ts'

/**
 * Marks spans that record again what another span records: the Anthropic SDK's own span below any other
 * instrumentation's, and the serving side of an MCP tool call.
 */
export function markDuplicates(tree: TraceTree): void {
  for (const node of tree.nodes) {
    const original = originalOf(node)
    if (original !== undefined) node.span.duplicateOf = original.spanId
  }
}

function originalOf(node: TraceNode): WireSpan | undefined {
  const { parent, span } = node
  if (parent === undefined) return undefined
  if (span.dialect === 'anthropic-sdk' && span.kind === 'LLM') {
    const caller = parent.span
    return caller.kind === 'LLM' && caller.dialect !== 'anthropic-sdk' ? caller : undefined
  }
  return isToolCall(span) && span.otlp?.kind === 2 && isToolCall(parent.span) ? parent.span : undefined
}

function isToolCall(span: WireSpan): boolean {
  return span.attributes['mcp.method.name'] === 'tools/call'
}
