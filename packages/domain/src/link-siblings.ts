import type { WireSpan } from '@clew/semconv/span'
import type { GraphEdge } from './execution-graph.ts'
import { isAgentNode } from './is-agent-node.ts'

interface Interval {
  span: WireSpan
  start: bigint
  /** Undefined while it runs: nothing can follow it yet. */
  end: bigint | undefined
}

/**
 * Edges between the children of one parent, which must come in the order of start. A child follows
 * the siblings that ended last before it began; without any it follows its parent. Where several
 * branches end before it, they meet in a join that later siblings share.
 */
export function linkSiblings(args: { siblings: readonly WireSpan[]; parentId?: string }): {
  edges: GraphEdge[]
  joins: { id: string; after: WireSpan }[]
} {
  const edges: GraphEdge[] = []
  const joins: { id: string; after: WireSpan }[] = []
  const joinOf = new Map<string, string>()
  const finder = createPredecessorFinder(args.siblings)
  for (const span of args.siblings) {
    const predecessors = finder(span)
    const retried = findRetried(span, predecessors)
    if (retried) {
      edges.push({ from: retried.spanId, to: span.spanId, type: 'retry', label: 'tries again' })
      continue
    }
    const [only] = predecessors
    if (!only) {
      if (args.parentId !== undefined) edges.push(toEntryEdge(args.parentId, span))
      continue
    }
    if (predecessors.length === 1) {
      edges.push(toFlowEdge(only, span))
      continue
    }
    const key = predecessors.map((each) => each.spanId).join(' ')
    let joinId = joinOf.get(key)
    if (joinId === undefined) {
      joinId = `join:${span.spanId}`
      joinOf.set(key, joinId)
      joins.push({ id: joinId, after: only })
      for (const each of predecessors) edges.push({ from: each.spanId, to: joinId, type: 'join' })
    }
    edges.push({ from: joinId, to: span.spanId, type: isAgentNode(span) ? 'handoff' : 'flow' })
  }
  return { edges, joins }
}

/** Finds the siblings that ended latest before a span began; spans must be asked in the order of start. */
function createPredecessorFinder(siblings: readonly WireSpan[]): (span: WireSpan) => WireSpan[] {
  const byEnd = siblings
    .map(toInterval)
    .filter((interval): interval is Interval & { end: bigint } => interval.end !== undefined)
    .toSorted((a, b) => (a.end < b.end ? -1 : a.end > b.end ? 1 : 0))
  let endedCount = 0
  let latestStart = -1n
  return (span) => {
    const start = BigInt(span.startTimeUnixNano)
    for (let next = byEnd[endedCount]; next && precedes(next, start); next = byEnd[endedCount]) {
      if (next.span.spanId === span.spanId) break
      if (next.start > latestStart) latestStart = next.start
      endedCount += 1
    }
    const found: WireSpan[] = []
    for (let index = endedCount - 1; index >= 0; index -= 1) {
      const candidate = byEnd[index]
      if (!candidate || precedes(candidate, latestStart)) break
      if (candidate.span.spanId !== span.spanId) found.push(candidate.span)
    }
    return found
  }
}

/** SDKs cut starts to whole milliseconds, so what follows seems to begin up to that much before the end. */
const startGrainNs = 1_000_000n

function precedes(before: Interval & { end: bigint }, start: bigint): boolean {
  if (before.end <= start) return true
  return before.start < start && before.end < start + startGrainNs
}

function toInterval(span: WireSpan): Interval {
  return {
    span,
    start: BigInt(span.startTimeUnixNano),
    end: span.endTimeUnixNano === undefined ? undefined : BigInt(span.endTimeUnixNano),
  }
}

function findRetried(span: WireSpan, predecessors: readonly WireSpan[]): WireSpan | undefined {
  return predecessors.find((before) => {
    if (before.kind !== span.kind || before.status !== 'error') return false
    if ((span.retry?.attempt ?? 1) > 1) return true
    const sameTool =
      span.kind === 'TOOL' && (span.tool?.name ?? span.name) === (before.tool?.name ?? before.name)
    return sameTool && argumentsOf(span) === argumentsOf(before)
  })
}

/** Previews carry the arguments as the input alone. */
function argumentsOf(span: WireSpan): string | undefined {
  return span.tool?.arguments ?? span.input
}

function toEntryEdge(parentId: string, span: WireSpan): GraphEdge {
  if (isAgentNode(span)) return { from: parentId, to: span.spanId, type: 'handoff', label: 'hands off' }
  if (span.kind === 'APPROVAL') return { from: parentId, to: span.spanId, type: 'parent', label: 'asks' }
  return { from: parentId, to: span.spanId, type: 'parent' }
}

function toFlowEdge(before: WireSpan, span: WireSpan): GraphEdge {
  const edge = { from: before.spanId, to: span.spanId }
  if (isAgentNode(span) && isSameAgent(before, span)) return { ...edge, type: 'flow' }
  if (isAgentNode(span)) return { ...edge, type: 'handoff', label: 'hands off' }
  if (isAgentNode(before)) return { ...edge, type: 'flow', label: 'returns' }
  return { ...edge, type: 'flow' }
}

/** An agent's next turn is no hand-off. */
function isSameAgent(before: WireSpan, span: WireSpan): boolean {
  return isAgentNode(before) && before.agent?.name !== undefined && before.agent.name === span.agent?.name
}
