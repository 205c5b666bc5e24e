import type { ExecutionGraph, GraphEdge, GraphEdgeType } from '@clew/domain'
import type { RunModel, RunNode } from '@clew/domain/story'

/** An edge between two boxes; the ask at the top is `ask`. */
export interface LaneEdge {
  from: string
  to: string
  type: GraphEdgeType
  label?: string
}

export const askId = 'ask'

const joinedAtMost = 12

/**
 * The graph's edges as they run between boxes. Agents are lanes, not boxes: what enters an agent goes to its
 * first step, what leaves it comes from its last one. Joins are drawn as the edges that meet in them.
 */
export function toLaneEdges(args: {
  graph: ExecutionGraph
  model: RunModel
  boxes: ReadonlySet<string>
}): LaneEdge[] {
  const ends = findEnds(args.model, args.boxes)
  const arrivals = new Map<string, string>()
  for (const edge of args.graph.edges) if (!arrivals.has(edge.to)) arrivals.set(edge.to, edge.from)
  const joins = collectJoins(args.graph.edges)
  const edges = new Map<string, LaneEdge>()
  for (const edge of args.graph.edges) {
    if (edge.type === 'join' && joins.has(edge.to)) continue
    const to = ends.get(edge.to)?.first ?? edge.to
    const sources = joins.get(edge.from) ?? [edge.from]
    for (const source of sources.slice(0, joinedAtMost)) {
      const from = sourceOf({ source, edge, to, ends, arrivals, boxes: args.boxes })
      if (from === undefined || from === to || !args.boxes.has(to)) continue
      const key = `${from} ${to}`
      const label = labelOf(edge, args.model)
      const known = edges.get(key)
      if (known === undefined || (known.label === undefined && label !== undefined)) {
        edges.set(key, { from, to, type: edge.type, ...(label === undefined ? {} : { label }) })
      }
    }
  }
  return [...edges.values()]
}

interface Ends {
  first: string
  last: string
}

/** First and last box below each span, itself included where it is a box. */
function findEnds(model: RunModel, boxes: ReadonlySet<string>): Map<string, Ends> {
  const ends = new Map<string, Ends>()
  for (const box of model.steps) {
    if (!boxes.has(box.id)) continue
    for (let outer: RunNode | undefined = box; outer !== undefined; outer = outer.parent) {
      const known = ends.get(outer.id)
      if (known === undefined)
        ends.set(outer.id, { first: boxes.has(outer.id) ? outer.id : box.id, last: box.id })
      else known.last = box.id
    }
  }
  return ends
}

function sourceOf(args: {
  source: string
  edge: GraphEdge
  to: string
  ends: ReadonlyMap<string, Ends>
  arrivals: ReadonlyMap<string, string>
  boxes: ReadonlySet<string>
}): string | undefined {
  const { source, edge, to, ends, boxes } = args
  const isEntry = edge.type === 'parent' || edge.label === 'hands off'
  if (!isEntry) return ends.get(source)?.last ?? (boxes.has(source) ? source : undefined)
  if (boxes.has(source)) return source
  if (edge.type === 'parent' && ends.get(source)?.first === to && args.arrivals.has(source)) return undefined
  const before = args.arrivals.get(source)
  if (before === undefined) return edge.type === 'parent' ? askId : ends.get(source)?.last
  return boxes.has(before) ? before : ends.get(before)?.last
}

function collectJoins(edges: readonly GraphEdge[]): Map<string, string[]> {
  const joins = new Map<string, string[]>()
  for (const edge of edges) {
    if (edge.type !== 'join' || !edge.to.startsWith('join:')) continue
    const known = joins.get(edge.to)
    if (known === undefined) joins.set(edge.to, [edge.from])
    else known.push(edge.from)
  }
  return joins
}

function labelOf(edge: GraphEdge, model: RunModel): string | undefined {
  if (edge.type !== 'handoff') return edge.label
  const step = model.byId.get(edge.to)?.step
  return step === undefined ? 'hands off' : `${step} hands off`
}
