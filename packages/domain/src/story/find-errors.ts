import type { RunModel, RunNode } from './build-run-model.ts'

/**
 * Where the run went wrong, in the order in which it became known. A parent that only passes on what
 * failed inside it is left out.
 */
export function findErrors(model: RunModel): RunNode[] {
  const explained = new Set<RunNode>()
  const failed: RunNode[] = []
  for (let i = model.nodes.length - 1; i >= 0; i--) {
    const node = model.nodes[i]
    if (node === undefined || !node.isFailed) continue
    if (!explained.has(node)) failed.push(node)
    for (let outer = node.parent; outer !== undefined && outer.isFailed; outer = outer.parent) {
      explained.add(outer)
    }
  }
  const first = model.trace.firstError?.spanId
  return failed.toSorted((a, b) => {
    if (a.id === first) return -1
    if (b.id === first) return 1
    return knownAt(a) - knownAt(b) || b.depth - a.depth
  })
}

function knownAt(node: RunNode): number {
  return node.endMs ?? node.startMs
}
