import type { RunModel, RunNode } from '@clew/domain/story'

export interface TimelineRow {
  node: RunNode
  /** 1-based place among its siblings, for assistive technology. */
  position: number
  siblingCount: number
  isFolded: boolean
  /** How many failed spans a folded row hides. */
  hiddenFailures: number
}

/** Rows of the tree that are in sight: everything that is not below a folded node. */
export function buildRows(model: RunModel, folded: ReadonlySet<string>): TimelineRow[] {
  const rows: TimelineRow[] = []
  const places = new Map<RunNode | undefined, number>()
  let hiddenBelow: number | undefined
  for (const node of model.nodes) {
    if (hiddenBelow !== undefined && node.depth > hiddenBelow) {
      const hiding = rows.at(-1)
      if (node.isFailed && hiding !== undefined) hiding.hiddenFailures += 1
      continue
    }
    hiddenBelow = undefined
    const position = (places.get(node.parent) ?? 0) + 1
    places.set(node.parent, position)
    const isFolded = node.children.length > 0 && folded.has(node.id)
    if (isFolded) hiddenBelow = node.depth
    const siblingCount = (node.parent?.children ?? model.roots).length
    rows.push({ node, position, siblingCount, isFolded, hiddenFailures: 0 })
  }
  return rows
}

const openAtMost = 400

/** What starts folded: nothing in a run of usual size; in a huge one whatever holds very many children. */
export function initialFolds(model: RunModel): Set<string> {
  const folded = new Set<string>()
  if (model.nodes.length <= openAtMost * 4) return folded
  for (const node of model.nodes) {
    const isDeep = node.depth >= 2
    if (node.children.length > 0 && (isDeep || node.children.length > openAtMost) && !node.isFailed) {
      if (node.depth > 0) folded.add(node.id)
    }
  }
  return folded
}

/** Opens whatever hides a node. The given set is not changed. */
export function unfoldTo(folded: ReadonlySet<string>, node: RunNode): ReadonlySet<string> {
  const hiding: string[] = []
  for (let outer = node.parent; outer !== undefined; outer = outer.parent) {
    if (folded.has(outer.id)) hiding.push(outer.id)
  }
  if (hiding.length === 0) return folded
  const opened = new Set(folded)
  for (const id of hiding) opened.delete(id)
  return opened
}
