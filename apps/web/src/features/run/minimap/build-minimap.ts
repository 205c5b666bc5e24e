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
/** So that a span of no length is seen too. */
const leastWeight = 0.02

/** The whole run in a strip: single spans while they can be told apart, else how full each stretch is. */
export function buildMinimap(args: { model: RunModel; scale: TimeScale; nowMs: number }): Minimap {
  const { model, scale, nowMs } = args
  const isDensity = model.nodes.length > barsAtMost
  const levelsAtMost = isDensity ? 5 : 3
  const isWrapped = model.roots.length === 1 && (model.roots[0]?.children.length ?? 0) > 0
  const top = isWrapped ? 1 : 0
  let deepest = 0
  for (const node of model.nodes) deepest = Math.max(deepest, node.depth)
  const levels = Math.max(isDensity ? 2 : 3, Math.min(levelsAtMost, deepest - top + 1))
  const place = { model, scale, nowMs, top, levels }
  return {
    bars: isDensity ? toDensity(place) : toBars(place),
    failures: listFailures(place),
    levels,
    isDensity,
  }
}

interface Place {
  model: RunModel
  scale: TimeScale
  nowMs: number
  /** Depth of the uppermost level. */
  top: number
  levels: number
}

function isShown(node: RunNode, { top, levels }: Place): boolean {
  return node.depth >= top && node.depth < top + levels
}

function listFailures({ model, scale, nowMs, top, levels }: Place): Minimap['failures'] {
  return model.nodes.flatMap((node) =>
    node.isFailed && node.children.every((child) => !child.isFailed)
      ? [{ at: scale.toFraction(endOf(node, nowMs)), level: clampLevel(node.depth - top, levels) }]
      : [],
  )
}

function toBars(place: Place): MinimapBar[] {
  const { model, scale, nowMs, top } = place
  return model.nodes
    .filter((node) => isShown(node, place))
    .map((node) => ({
      kind: node.span.kind,
      level: node.depth - top,
      from: scale.toFraction(node.startMs),
      to: scale.toFraction(endOf(node, nowMs)),
      density: 1,
      isOpen: node.span.state === 'running',
    }))
}

function clampLevel(level: number, levels: number): number {
  return Math.min(Math.max(level, 0), levels - 1)
}

function toDensity(place: Place): MinimapBar[] {
  const { model, scale, nowMs, top, levels } = place
  const weights = new Map<SpanKind, Float64Array>()
  for (const node of model.nodes) {
    if (!isShown(node, place)) continue
    const { kind } = node.span
    let bins = weights.get(kind)
    if (bins === undefined) weights.set(kind, (bins = new Float64Array(levels * binCount)))
    const from = scale.toFraction(node.startMs) * binCount
    const to = scale.toFraction(endOf(node, nowMs)) * binCount
    const offset = (node.depth - top) * binCount
    const last = Math.min(Math.floor(to), binCount - 1)
    for (let bin = Math.min(Math.floor(from), binCount - 1); bin <= last; bin++) {
      const covered = Math.min(to, bin + 1) - Math.max(from, bin)
      bins[offset + bin] = (bins[offset + bin] ?? 0) + covered + leastWeight
    }
  }
  return Array.from({ length: levels * binCount }, (_, at) => toDensityBar(weights, at)).filter(
    (bar) => bar !== undefined,
  )
}

/** The kind that fills most of a stretch stands for it. */
function toDensityBar(weights: ReadonlyMap<SpanKind, Float64Array>, at: number): MinimapBar | undefined {
  let most: { kind: SpanKind; weight: number } | undefined
  for (const [kind, bins] of weights) {
    const weight = bins[at] ?? 0
    if (weight > (most?.weight ?? 0)) most = { kind, weight }
  }
  if (most === undefined) return undefined
  const bin = at % binCount
  return {
    kind: most.kind,
    level: Math.floor(at / binCount),
    from: bin / binCount,
    to: (bin + 1) / binCount,
    density: 0.35 + 0.65 * Math.min(1, most.weight),
    isOpen: false,
  }
}
