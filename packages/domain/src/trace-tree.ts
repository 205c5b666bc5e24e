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

/**
 * Spans of distinct ids in the order of `buildTraceTree`; undefined where parents go in a circle. Asks for depths only
 * where starts are equal, so that spans which are nearly in order cost one pass.
 */
export function orderSpans(args: {
  spans: readonly WireSpan[]
  /** Finds any span of the trace, also one that is not among those to order. */
  byId: (spanId: string) => WireSpan | undefined
  /** No span of the trace is deeper. */
  depthMax: number
}): WireSpan[] | undefined {
  const { spans, byId, depthMax } = args
  const depths = new Map<string, number>()
  let isCyclic = false
  const depthOf = (span: WireSpan): number => {
    const known = depths.get(span.spanId)
    if (known !== undefined) return known
    let depth = 0
    let parent = parentIn(span, byId)
    for (; parent !== undefined && depth <= depthMax; parent = parentIn(parent, byId)) {
      depth += 1
      const above = depths.get(parent.spanId)
      if (above === undefined) continue
      depth += above
      break
    }
    if (depth > depthMax) isCyclic = true
    depths.set(span.spanId, depth)
    return depth
  }
  const ordered = spans.toSorted(
    (a, b) =>
      compareNanos(a.startTimeUnixNano, b.startTimeUnixNano) ||
      depthOf(a) - depthOf(b) ||
      compareSpanIds(a, b),
  )
  return isCyclic ? undefined : ordered
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
  return compareSpanIds(a.span, b.span)
}

function compareSpanIds(a: WireSpan, b: WireSpan): number {
  return a.spanId < b.spanId ? -1 : 1
}

function parentIn(span: WireSpan, byId: (spanId: string) => WireSpan | undefined): WireSpan | undefined {
  const parent = span.parentSpanId === undefined ? undefined : byId(span.parentSpanId)
  return parent === span ? undefined : parent
}
