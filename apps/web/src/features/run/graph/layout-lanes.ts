import type { ExecutionGraph, GraphEdgeType } from '@clew/domain'
import { agentLabel } from '@clew/domain/story'
import type { RunModel, RunNode } from '@clew/domain/story'
import { askId, toLaneEdges } from './lane-edges.ts'
import { routeEdge } from './route-edge.ts'
import type { Box, EdgeRoute } from './route-edge.ts'

export type LaneKind = 'agent' | 'tools' | 'people'

export interface Lane {
  id: string
  kind: LaneKind
  title: string
  stepCount: number
  x: number
  width: number
}

export interface LaneBox extends Box {
  id: string
  /** Absent for the ask. */
  node: RunNode | undefined
}

export interface LaneRoute extends EdgeRoute {
  id: string
  type: GraphEdgeType
  label?: string
}

export interface LaneLayout {
  lanes: Lane[]
  /** In the order of y. */
  boxes: LaneBox[]
  routes: LaneRoute[]
  width: number
  height: number
}

const laneGap = 8
const laneInset = 11
const boxHeight = 30
const firstRowY = 46
/** Between two boxes there is room for a word on the edge. */
const rowPitch = 47
const laneWidthMin = 196

/**
 * One lane per agent, one for tools and checks, one for people. Time runs down, a row for each step, so that
 * a handoff is a step sideways and no horizontal edge crosses a box.
 */
export function layoutLanes(args: { graph: ExecutionGraph; model: RunModel; width: number }): LaneLayout {
  const drawn = listDrawn(args.model)
  const { lanes, laneOf } = buildLanes({ model: args.model, drawn, width: args.width })
  const hasAsk = args.model.trace.inputPreview !== undefined || args.model.roots[0]?.span.input !== undefined
  const boxes: LaneBox[] = []
  const [firstLane] = lanes
  const place = (id: string, node: RunNode | undefined, lane: Lane): void => {
    const row = boxes.length
    boxes.push({
      id,
      node,
      lane: lanes.indexOf(lane),
      row,
      x: lane.x + laneInset,
      y: firstRowY + row * rowPitch,
      width: lane.width - 2 * laneInset,
      height: boxHeight,
    })
  }
  if (hasAsk && firstLane !== undefined && drawn.length > 0) place(askId, undefined, firstLane)
  for (const node of drawn) {
    const lane = laneOf.get(node)
    if (lane !== undefined) place(node.id, node, lane)
  }
  const last = lanes.at(-1)
  return {
    lanes,
    boxes,
    routes: routeAll({ ...args, boxes }),
    width: last === undefined ? args.width : last.x + last.width + laneGap,
    height: firstRowY + boxes.length * rowPitch + 12,
  }
}

/** An agent is its lane; it gets a box only while it has done nothing else. */
function listDrawn(model: RunModel): RunNode[] {
  const busy = new Set<RunNode>()
  for (const step of model.steps) {
    if (step.span.kind === 'AGENT') continue
    for (let outer = step.parent; outer !== undefined; outer = outer.parent) busy.add(outer)
  }
  const drawn = model.steps.filter((node) => node.span.kind !== 'AGENT' || !busy.has(node))
  return drawn.length > 0 ? drawn : model.roots.slice(0, 50)
}

function buildLanes(args: { model: RunModel; drawn: readonly RunNode[]; width: number }): {
  lanes: Lane[]
  laneOf: Map<RunNode, Lane>
} {
  const lanes = new Map<string, Lane>()
  const laneOf = new Map<RunNode, Lane>()
  const open = (id: string, kind: LaneKind, title: string): Lane => {
    const known = lanes.get(id) ?? { id, kind, title, stepCount: 0, x: 0, width: 0 }
    lanes.set(id, known)
    return known
  }
  for (const node of args.drawn) {
    const kind = laneKindOf(node)
    const title = node.agent === undefined ? args.model.trace.name : agentLabel(node.agent)
    if (kind !== 'agent' && node.agent !== undefined) open(`agent:${title}`, 'agent', title)
    const lane =
      kind === 'agent'
        ? open(`agent:${title}`, 'agent', title)
        : open(kind, kind, kind === 'tools' ? 'Tools and checks' : 'People')
    lane.stepCount += 1
    laneOf.set(node, lane)
  }
  const order: LaneKind[] = ['agent', 'tools', 'people']
  const sorted = [...lanes.values()].toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind))
  const width = Math.max(laneWidthMin, (args.width - laneGap) / Math.max(sorted.length, 1) - laneGap)
  sorted.forEach((lane, i) => {
    lane.width = Math.min(width, 320)
    lane.x = laneGap + i * (lane.width + laneGap)
  })
  return { lanes: sorted, laneOf }
}

function laneKindOf(node: RunNode): LaneKind {
  switch (node.span.kind) {
    case 'APPROVAL':
      return 'people'
    case 'AGENT':
    case 'LLM':
    case 'PROMPT':
    case 'TASK':
      return 'agent'
    case 'TOOL':
    case 'CHAIN':
    case 'RETRIEVER':
    case 'EMBEDDING':
    case 'RERANKER':
    case 'GUARDRAIL':
    case 'EVALUATOR':
    case 'EVENT':
    case 'UNKNOWN':
      return 'tools'
  }
}

function routeAll(args: { graph: ExecutionGraph; model: RunModel; boxes: readonly LaneBox[] }): LaneRoute[] {
  const byId = new Map(args.boxes.map((box) => [box.id, box]))
  const rowsByLane = new Map<number, number[]>()
  for (const box of args.boxes) {
    const rows = rowsByLane.get(box.lane)
    if (rows === undefined) rowsByLane.set(box.lane, [box.row])
    else rows.push(box.row)
  }
  const edges = toLaneEdges({ graph: args.graph, model: args.model, boxes: new Set(byId.keys()) })
  return edges.flatMap((edge) => {
    const from = byId.get(edge.from)
    const to = byId.get(edge.to)
    if (from === undefined || to === undefined || to.row <= from.row) return []
    const route = routeEdge({ from, to, targetRows: rowsByLane.get(to.lane) ?? [] })
    const label = edge.label === undefined ? {} : { label: edge.label }
    return [{ ...route, id: `${edge.from}>${edge.to}`, type: edge.type, ...label }]
  })
}
