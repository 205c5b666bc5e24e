import type { AgentCallEdge } from '@clew/domain'

export type CallNodeKind = 'agent' | 'tool' | 'model'

export interface CallNode {
  id: string
  name: string
  kind: CallNodeKind
  column: number
  x: number
  y: number
}

export interface CallLink {
  key: string
  from: CallNode
  to: CallNode
  edge: AgentCallEdge
  /** A call back to where it came from, or to itself; drawn as a bow. */
  isBack: boolean
}

export interface CallLayout {
  nodes: CallNode[]
  links: CallLink[]
  width: number
  height: number
  /** What stands in no column, since the column is full. */
  hiddenCount: number
}

export const nodeWidth = 172
export const nodeHeight = 40
const columnGap = 108
const rowGap = 16
const rowsMax = 12

/**
 * Lays out who calls what from left to right: callers of the agent on its left, what it calls on its right, a
 * column a step. Pure; the same edges always land on the same places.
 */
export function layoutCalls({ name, edges }: { name: string; edges: readonly AgentCallEdge[] }): CallLayout {
  const columns = toColumns({ name, edges })
  const ids = [...new Set([idOf('agent', name), ...edges.flatMap((edge) => [fromId(edge), toId(edge)])])]
  const byColumn = new Map<number, string[]>()
  for (const id of ids) {
    const column = columns.get(id)
    if (column === undefined) continue
    byColumn.set(column, [...(byColumn.get(column) ?? []), id])
  }
  const order = [...byColumn.keys()].toSorted((a, b) => a - b)
  const tallest = Math.max(...[...byColumn.values()].map((members) => Math.min(members.length, rowsMax)))
  const height = tallest * (nodeHeight + rowGap) - rowGap
  const nodes = order.flatMap((column, index) => {
    const members = rank({ ids: byColumn.get(column) ?? [], edges }).slice(0, rowsMax)
    const top = (height - (members.length * (nodeHeight + rowGap) - rowGap)) / 2
    return members.map((id, row) => ({
      ...parseId(id),
      id,
      column: index,
      x: index * (nodeWidth + columnGap),
      y: top + row * (nodeHeight + rowGap),
    }))
  })
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const links = edges.flatMap((edge) => {
    const from = byId.get(fromId(edge))
    const to = byId.get(toId(edge))
    if (from === undefined || to === undefined) return []
    return [{ key: `${edge.kind} ${edge.from} ${edge.to}`, from, to, edge, isBack: to.column <= from.column }]
  })
  return {
    nodes,
    links,
    width: order.length * (nodeWidth + columnGap) - columnGap,
    height,
    hiddenCount: ids.length - nodes.length,
  }
}

/** Steps from the agent: callees count up, callers down. */
function toColumns({ name, edges }: { name: string; edges: readonly AgentCallEdge[] }): Map<string, number> {
  const columns = new Map([[idOf('agent', name), 0]])
  for (const direction of [1, -1] as const) {
    let frontier = [idOf('agent', name)]
    for (let depth = direction; frontier.length > 0; depth += direction) {
      const reached = edges.flatMap((edge) => {
        const [near, far] = direction === 1 ? [fromId(edge), toId(edge)] : [toId(edge), fromId(edge)]
        return frontier.includes(near) && !columns.has(far) ? [far] : []
      })
      frontier = [...new Set(reached)]
      for (const id of frontier) columns.set(id, depth)
    }
  }
  return columns
}

/** The busiest first. */
function rank({ ids, edges }: { ids: readonly string[]; edges: readonly AgentCallEdge[] }): string[] {
  const calls = new Map<string, number>()
  for (const edge of edges) {
    for (const id of [fromId(edge), toId(edge)]) calls.set(id, (calls.get(id) ?? 0) + edge.callCount)
  }
  return ids.toSorted((a, b) => (calls.get(b) ?? 0) - (calls.get(a) ?? 0) || a.localeCompare(b))
}

function fromId(edge: AgentCallEdge): string {
  return idOf('agent', edge.from)
}

function toId(edge: AgentCallEdge): string {
  return idOf(edge.kind === 'tool' || edge.kind === 'model' ? edge.kind : 'agent', edge.to)
}

function idOf(kind: CallNodeKind, name: string): string {
  return `${kind}:${name}`
}

function parseId(id: string): { kind: CallNodeKind; name: string } {
  const colon = id.indexOf(':')
  const kind = id.slice(0, colon)
  return { kind: kind === 'tool' || kind === 'model' ? kind : 'agent', name: id.slice(colon + 1) }
}
