import { mcpMethodName } from './assembly-inputs.ts'
import type { WireSpan } from '@clew/semconv/span'
import { type TraceNode, type TraceTree, compareNanos } from './trace-tree.ts'

/**
 * Marks spans that record again what another span records: the Anthropic SDK's own span of a call that another
 * instrumentation records too, and an MCP tool call as its server, or the client under a tool, saw it.
 */
export function markDuplicates(tree: TraceTree): void {
  const natives: TraceNode[] = []
  for (const node of tree.nodes) {
    if (node.span.kind === 'LLM' && node.span.dialect === 'anthropic-sdk') natives.push(node)
    else if (isToolCall(node.span)) mark(node, toolCallAbove(node))
  }
  if (natives.length > 0) markNatives(tree, natives)
}

function mark(node: TraceNode, original: TraceNode | undefined): void {
  if (original !== undefined) node.span.duplicateOf = original.span.spanId
}

/** Below the other's span, or beside it where that one isn't current while it calls; each original has one copy. */
function markNatives(tree: TraceTree, natives: readonly TraceNode[]): void {
  const others = new Map<string, TraceNode[]>()
  for (const node of tree.nodes) {
    const key = callKey(node.span)
    if (key === undefined || !isOtherCall(node)) continue
    const known = others.get(key)
    if (known === undefined) others.set(key, [node])
    else known.push(node)
  }
  const taken = new Set<TraceNode>()
  for (const node of natives) {
    const { parent } = node
    const original =
      parent !== undefined && isOtherCall(parent) ? parent : findBeside({ node, others, taken })
    if (original !== undefined) taken.add(original)
    mark(node, original)
  }
}

function isOtherCall({ span }: TraceNode): boolean {
  return span.kind === 'LLM' && span.dialect !== 'anthropic-sdk'
}

function callKey({ usage }: WireSpan): string | undefined {
  return usage?.input === undefined ? undefined : `${usage.input} ${usage.output ?? 0}`
}

/** How many calls of equal counts are looked at, so that a long trace of equal calls stays linear. */
const candidatesMax = 64

function findBeside(args: {
  node: TraceNode
  others: ReadonlyMap<string, readonly TraceNode[]>
  taken: ReadonlySet<TraceNode>
}): TraceNode | undefined {
  const key = callKey(args.node.span)
  const candidates = (key === undefined ? undefined : args.others.get(key))?.filter(
    (other) => !args.taken.has(other),
  )
  return candidates?.slice(0, candidatesMax).find((other) => isWithin(args.node.span, other.span))
}

/** What the SDK sent lies within the time of the call that asked for it. */
function isWithin(inner: WireSpan, outer: WireSpan): boolean {
  if (inner.endTimeUnixNano === undefined || outer.endTimeUnixNano === undefined) return false
  return (
    compareNanos(outer.startTimeUnixNano, inner.startTimeUnixNano) <= 0 &&
    compareNanos(inner.endTimeUnixNano, outer.endTimeUnixNano) <= 0
  )
}

/**
 * Of a serving side the call that it serves, whatever HTTP spans lie between; of a client the tool span right
 * above it, which is the framework's name for the same run.
 */
function toolCallAbove({ span, parent }: TraceNode): TraceNode | undefined {
  if (span.otlp?.kind !== 2) return isSameTool(span, parent?.span) ? parent : undefined
  for (let above = parent; above !== undefined; above = above.parent) {
    if (isToolCall(above.span)) return above
    if (above.span.kind !== 'UNKNOWN' && above.span.kind !== 'CHAIN') return undefined
  }
  return undefined
}

function isSameTool(span: WireSpan, above: WireSpan | undefined): boolean {
  return above?.kind === 'TOOL' && span.tool?.name !== undefined && span.tool.name === above.tool?.name
}

function isToolCall(span: WireSpan): boolean {
  return span.attributes[mcpMethodName] === 'tools/call'
}
