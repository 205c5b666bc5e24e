import type { SpanKind } from '@clew/semconv/span'
import { endOf } from '@clew/domain/story'
import type { RunModel, RunNode } from '@clew/domain/story'
import type { TimeScale } from '../timeline/build-time-scale.ts'

export interface MinimapBar {
  kind: SpanKind
  level: number
  from: number
  to: number
  /** How full the stretch is, 0..1; 1 for a single span. */
  density: number
  isOpen: boolean
}

export interface Minimap {
  bars: MinimapBar[]
  /** Where something failed, as a part of the width. */
  failures: { at: number; level: number }[]
  levels: number
  /** True where bars stand for many spans each. */
  isDensity: boolean
}

const barsAtMost = 600
const binCount = 180

/** The whole run in a strip: single spans while they can be told apart, else how full each stretch is. */
export function buildMinimap(args: { model: RunModel; scale: TimeScale; nowMs: number }): Minimap {
  const { model, scale, nowMs } = args
  const isDensity = model.nodes.length > barsAtMost
  const levelsAtMost = isDensity ? 5 : 3
  const isWrapped = model.roots.length === 1 && (model.roots[0]?.children.length ?? 0) > 0
  const top = isWrapped ? 1 : 0
  const deepest = model.nodes.reduce((most, node) => Math.max(most, node.depth), 0)
  const levels = Math.max(isDensity ? 2 : 3, Math.min(levelsAtMost, deepest - top + 1))
  const shown = model.nodes.filter((node) => node.depth >= top && node.depth < top + levels)
  const failures = model.nodes.flatMap((node) =>
    node.isFailed && node.children.every((child) => !child.isFailed)
      ? [{ at: scale.toFraction(endOf(node, nowMs)), level: clampLevel(node.depth - top, levels) }]
      : [],
  )
  const place = (node: RunNode) => ({
    level: node.depth - top,
    from: scale.toFraction(node.startMs),
    to: scale.toFraction(endOf(node, nowMs)),
  })
  const bars = isDensity
    ? toDensity(shown.map((node) => ({ kind: node.span.kind, ...place(node) })))
    : shown.map((node) => ({
        kind: node.span.kind,
        ...place(node),
        density: 1,
        isOpen: node.span.state === 'running',
      }))
  return { bars, failures, levels, isDensity }
}

function clampLevel(level: number, levels: number): number {
  return Math.min(Math.max(level, 0), levels - 1)
}

function toDensity(
  spans: readonly { kind: SpanKind; level: number; from: number; to: number }[],
): MinimapBar[] {
  const bins = new Map<number, Map<SpanKind, number>>()
  for (const span of spans) {
    const first = Math.min(Math.floor(span.from * binCount), binCount - 1)
    const last = Math.min(Math.floor(span.to * binCount), binCount - 1)
    for (let bin = first; bin <= last; bin++) {
      const key = span.level * binCount + bin
      const kinds = bins.get(key) ?? new Map<SpanKind, number>()
      const covered = Math.min(span.to, (bin + 1) / binCount) - Math.max(span.from, bin / binCount)
      kinds.set(span.kind, (kinds.get(span.kind) ?? 0) + covered * binCount + 0.02)
      bins.set(key, kinds)
    }
  }
  return [...bins].map(([key, kinds]) => {
    const bin = key % binCount
    const [kind, weight] = [...kinds].reduce((most, entry) => (entry[1] > most[1] ? entry : most))
    return {
      kind,
      level: Math.floor(key / binCount),
      from: bin / binCount,
      to: (bin + 1) / binCount,
      density: 0.35 + 0.65 * Math.min(1, weight),
      isOpen: false,
    }
  })
}
