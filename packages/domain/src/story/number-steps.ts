import { listSteps } from '../list-steps.ts'
import type { WireSpan } from '@clew/semconv/span'
import type { RunNode } from './build-run-model.ts'

/**
 * Gives the steps of the run their numbers and returns them in that order. A run in which nothing is a step
 * counts its leaves, so that its story is never empty.
 */
export function numberSteps(args: {
  spans: readonly WireSpan[]
  nodes: readonly RunNode[]
  byId: ReadonlyMap<string, RunNode>
}): RunNode[] {
  const steps = listSteps(args.spans).flatMap((step) => args.byId.get(step.span.spanId) ?? [])
  const counted = steps.length > 0 ? steps : leavesByStart(args.nodes)
  let count = 0
  for (const node of counted) node.step = ++count
  return counted
}

function leavesByStart(nodes: readonly RunNode[]): RunNode[] {
  return nodes.filter((node) => node.children.length === 0).toSorted((a, b) => a.startMs - b.startMs)
}
