import type { SpanKind } from '@clew/semconv/span'
import { endOf } from '@clew/domain/story'
import type { RunModel, RunNode } from '@clew/domain/story'

export interface Gap {
  startMs: number
  endMs: number
}

const containers: ReadonlySet<SpanKind> = new Set<SpanKind>([
  'AGENT',
  'CHAIN',
  'TASK',
  'UNKNOWN',
  'EVENT',
  'PROMPT',
])

/** A gap longer than this part of the timeline is folded. */
const foldAbove = 0.05
/** Shorter than this nobody calls waiting, however short the run. */
const foldAboveMs = 250
/** What stays open on either side of a fold, as a part of the gap, so that bars keep their ends. */
const margin = 0.01

/** The stretches in which something works, apart and in order; what still runs has no end. */
export function findBusy(model: RunModel): Gap[] {
  return mergeIntervals(listBusy(model))
}

/**
 * The stretches in which nothing works: nothing but waiting for a person, or for a parent whose children
 * have all ended. Those worth folding, in order of time.
 */
export function findGaps(busy: readonly Gap[], nowMs: number): Gap[] {
  const total = nowMs
  if (total <= 0) return []
  const gaps: Gap[] = []
  let from = 0
  for (const interval of [...busy, { startMs: total, endMs: total }]) {
    const startMs = Math.min(interval.startMs, total)
    const length = startMs - from
    if (length > total * foldAbove && length > foldAboveMs) {
      gaps.push({ startMs: from + length * margin, endMs: startMs - length * margin })
    }
    from = Math.max(from, interval.endMs)
  }
  return gaps
}

function listBusy(model: RunModel): Gap[] {
  const busy: Gap[] = []
  for (const node of model.nodes) {
    if (node.span.kind === 'APPROVAL') continue
    const whole = { startMs: node.startMs, endMs: endOf(node, Infinity) }
    if (node.children.length === 0) busy.push(whole)
    else if (!containers.has(node.span.kind)) busy.push(...subtractChildren(whole, node.children))
  }
  return busy
}

function subtractChildren(whole: Gap, children: readonly RunNode[]): Gap[] {
  const own: Gap[] = []
  let from = whole.startMs
  for (const child of children) {
    if (child.startMs > from) own.push({ startMs: from, endMs: Math.min(child.startMs, whole.endMs) })
    from = Math.max(from, endOf(child, Infinity))
  }
  if (from < whole.endMs) own.push({ startMs: from, endMs: whole.endMs })
  return own
}

function mergeIntervals(intervals: Gap[]): Gap[] {
  intervals.sort((a, b) => a.startMs - b.startMs)
  const merged: Gap[] = []
  for (const interval of intervals) {
    const last = merged.at(-1)
    if (last !== undefined && interval.startMs <= last.endMs)
      last.endMs = Math.max(last.endMs, interval.endMs)
    else merged.push({ ...interval })
  }
  return merged
}
