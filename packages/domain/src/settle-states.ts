import type { WireSpan } from '@clew/semconv/span'
import { findHeartbeatLosses } from './heartbeat-losses.ts'
import { toUnixNano } from './time.ts'
import { type TraceTree, compareNanos } from './trace-tree.ts'

/** How long a run may be silent before it counts as lost, and what outlives its root as abandoned. */
const lostAfterMs = 3_600_000
const quietAfterMs = 30_000

/** The last moment of which a trace knows: any start, end or event. */
export function lastActivity(tree: TraceTree): string {
  let last = '0'
  for (const { span } of tree.nodes) {
    const newest = span.events.at(-1)?.timeUnixNano ?? span.startTimeUnixNano
    const end = span.endTimeUnixNano ?? span.startTimeUnixNano
    last = later(last, later(end, newest))
  }
  return last
}

/** The last moment at which anything of a trace was heard: the same, and each repetition of a running span. */
export function lastHeard(tree: TraceTree): string {
  let last = lastActivity(tree)
  for (const { span } of tree.nodes) last = later(last, span.observedTimeUnixNano ?? last)
  return last
}

/**
 * Ends what will never end by itself: running spans whose sender promised heartbeats and missed three, running spans
 * below a root that has ended half a minute ago, and all running spans of a trace that has been silent for an hour.
 */
export function settleStates(tree: TraceTree, now: number): void {
  for (const { span, atMs } of findHeartbeatLosses(tree.nodes.map((node) => node.span))) {
    if (atMs <= now) markLost(span)
  }
  const isSilent = isBefore(lastHeard(tree), now - lostAfterMs)
  for (const root of tree.roots) {
    const { endTimeUnixNano } = root.span
    const isOver = endTimeUnixNano !== undefined && isBefore(endTimeUnixNano, now - quietAfterMs)
    if (!isSilent && !isOver) continue
    const open = [root]
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      markLost(node.span)
      open.push(...node.children)
    }
  }
}

/** True while a parent that was named but not seen may still arrive. */
export function mayStillArrive(tree: TraceTree, now: number): boolean {
  return !isBefore(lastActivity(tree), now - quietAfterMs)
}

function markLost(span: WireSpan): void {
  if (span.state === 'running') span.state = 'lost'
}

function later(a: string, b: string): string {
  return compareNanos(a, b) > 0 ? a : b
}

function isBefore(unixNano: string, epochMs: number): boolean {
  return compareNanos(unixNano, toUnixNano(Math.max(0, epochMs))) < 0
}
