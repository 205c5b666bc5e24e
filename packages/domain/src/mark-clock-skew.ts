import { compareNanos, type TraceTree } from './trace-tree.ts'

/** Clocks of one machine may tick this far apart. */
const toleranceNs = 1_000_000n

/** Marks spans that start before their parent: one of the two clocks is wrong, and no one can tell which. */
export function markClockSkew(tree: TraceTree): void {
  for (const { span, parent } of tree.nodes) {
    if (parent === undefined) continue
    const { startTimeUnixNano } = parent.span
    if (compareNanos(span.startTimeUnixNano, startTimeUnixNano) >= 0) continue
    const byNs = BigInt(startTimeUnixNano) - BigInt(span.startTimeUnixNano)
    if (byNs > toleranceNs) span.clockSkew = { ...span.clockSkew, beforeParentNs: byNs.toString() }
  }
}
