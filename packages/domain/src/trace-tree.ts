import type { WireSpan } from '@clew/semconv/span'

export interface TraceNode {
  span: WireSpan
  parent?: TraceNode
  /** In the order of start. */
  children: TraceNode[]
  /** 0 at a root. */
  depth: number
}

/** The spans of one trace as a forest. */
export interface TraceTree {
  /** Without a parent, or with one that has not been seen; in the order of start. */
  roots: TraceNode[]
  /** In the order of start, parents before children at equal starts. */
  nodes: TraceNode[]
  byId: ReadonlyMap<string, TraceNode>
}

/**
 * Builds the forest in linear time but for the sort. One span per id: the ended one wins, then the later
 * one. A missing parent makes a provisional root; a cycle in parent ids is cut at its earliest span.
 */
export function buildTraceTree(spans: readonly WireSpan[]): TraceTree {
  const byId = new Map<string, TraceNode>()
  for (const span of newestById(spans)) byId.set(span.spanId, { span, children: [], depth: 0 })
  const ordered = [...byId.values()].toSorted(byStart)
  const roots: TraceNode[] = []
  for (const node of ordered) {
    const parent = node.span.parentSpanId === undefined ? undefined : byId.get(node.span.parentSpanId)
    if (parent === undefined || parent === node) roots.push(node)
    else {
      node.parent = parent
      parent.children.push(node)
    }
  }
  const seen = new Set<TraceNode>()
  for (const root of roots) setDepths(root, seen)
  for (const node of ordered) {
    if (seen.has(node)) continue
    cutCycle(node)
    roots.push(node)
    setDepths(node, seen)
  }
  return { roots: roots.toSorted(byStart), nodes: ordered.toSorted(byStartThenDepth), byId }
}

/** Compares decimal nanoseconds without making bigints of them. */
export function compareNanos(a: string, b: string): number {
  if (a.length !== b.length) return a.length - b.length
  return a < b ? -1 : a > b ? 1 : 0
}

function newestById(spans: readonly WireSpan[]): Iterable<WireSpan> {
  const newest = new Map<string, WireSpan>()
  for (const span of spans) {
    const known = newest.get(span.spanId)
    if (known === undefined || known.state !== 'ended' || span.state === 'ended')
      newest.set(span.spanId, span)
  }
  return newest.values()
}

function cutCycle(node: TraceNode): void {
  const { parent } = node
  if (parent === undefined) return
  parent.children = parent.children.filter((child) => child !== node)
  delete node.parent
}

/** Walks with a stack of its own: traces nest deeper than the call stack does. */
function setDepths(root: TraceNode, seen: Set<TraceNode>): void {
  const open = [root]
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    seen.add(node)
    node.depth = node.parent === undefined ? 0 : node.parent.depth + 1
    for (const child of node.children) if (!seen.has(child)) open.push(child)
  }
}

function byStart(a: TraceNode, b: TraceNode): number {
  return compareNanos(a.span.startTimeUnixNano, b.span.startTimeUnixNano) || compareIds(a, b)
}

/** Ties are broken by id, so that the order is the same however the spans arrived. */
function byStartThenDepth(a: TraceNode, b: TraceNode): number {
  return (
    compareNanos(a.span.startTimeUnixNano, b.span.startTimeUnixNano) || a.depth - b.depth || compareIds(a, b)
  )
}

function compareIds(a: TraceNode, b: TraceNode): number {
  return a.span.spanId < b.span.spanId ? -1 : 1
}
