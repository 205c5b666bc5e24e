import type { Gap } from './find-gaps.ts'

export interface Fold extends Gap {
  /** Where the marker stands, as a part of the width. */
  from: number
  to: number
}

export interface Tick {
  ms: number
  at: number
}

/** Maps moments to parts of a width (0..1), with folded gaps as wide as their markers. */
export interface TimeScale {
  totalMs: number
  folds: readonly Fold[]
  toFraction(ms: number): number
  toMs(fraction: number): number
}

const markerWidth = 0.03
const markersAtMost = 0.4

/** Builds the scale over 0..`totalMs`; the gaps must be in order and apart. */
export function buildTimeScale(args: { totalMs: number; gaps: readonly Gap[] }): TimeScale {
  const totalMs = Math.max(args.totalMs, 0.001)
  const folded = args.gaps.reduce((sum, gap) => sum + gap.endMs - gap.startMs, 0)
  const marker = args.gaps.length === 0 ? 0 : Math.min(markerWidth, markersAtMost / args.gaps.length)
  const perMs = (1 - marker * args.gaps.length) / Math.max(totalMs - folded, 0.001)
  const folds: Fold[] = []
  let foldedBefore = 0
  args.gaps.forEach((gap, i) => {
    const from = (gap.startMs - foldedBefore) * perMs + i * marker
    folds.push({ ...gap, from, to: from + marker })
    foldedBefore += gap.endMs - gap.startMs
  })
  return {
    totalMs,
    folds,
    toFraction: (ms) => toFraction({ ms: clamp(ms, totalMs), folds, perMs }),
    toMs: (fraction) => clamp(toMs({ fraction, folds, perMs }), totalMs),
  }
}

/** Round moments about `spacing` of the width apart, none inside a fold. */
export function buildTicks(scale: TimeScale, spacing = 0.1): Tick[] {
  const shown = scale.totalMs - scale.folds.reduce((sum, fold) => sum + fold.endMs - fold.startMs, 0)
  const width = 1 - scale.folds.reduce((sum, fold) => sum + fold.to - fold.from, 0)
  const step = roundStep((shown / Math.max(width, 0.1)) * spacing)
  const ticks: Tick[] = []
  let from = 0
  for (const fold of [...scale.folds, undefined]) {
    const to = fold?.startMs ?? scale.totalMs
    for (
      let ms = Math.max(0, Math.ceil(from / step - 1e-9)) * step;
      ms <= to && ticks.length < 100;
      ms += step
    ) {
      ticks.push({ ms, at: scale.toFraction(ms) })
    }
    from = fold?.endMs ?? to
  }
  return ticks
}

function toFraction(args: { ms: number; folds: readonly Fold[]; perMs: number }): number {
  let folded = 0
  let markers = 0
  for (const fold of args.folds) {
    if (args.ms <= fold.startMs) break
    const length = fold.endMs - fold.startMs
    if (args.ms < fold.endMs) {
      return fold.from + ((args.ms - fold.startMs) / length) * (fold.to - fold.from)
    }
    folded += length
    markers += fold.to - fold.from
  }
  return (args.ms - folded) * args.perMs + markers
}

function toMs(args: { fraction: number; folds: readonly Fold[]; perMs: number }): number {
  let folded = 0
  let markers = 0
  for (const fold of args.folds) {
    if (args.fraction <= fold.from) break
    const length = fold.endMs - fold.startMs
    if (args.fraction < fold.to) {
      return fold.startMs + ((args.fraction - fold.from) / (fold.to - fold.from)) * length
    }
    folded += length
    markers += fold.to - fold.from
  }
  return (args.fraction - markers) / args.perMs + folded
}

/** 1, 2 or 5 times a power of ten below a minute; above it, what clocks count in. */
function roundStep(ms: number): number {
  const minute = 60_000
  const steps = [1, 2, 5, 10, 15, 30, 60, 120, 360, 720, 1440].map((count) => count * minute)
  if (ms > 30_000) return steps.find((step) => step >= ms) ?? Math.ceil(ms / (1440 * minute)) * 1440 * minute
  const power = 10 ** Math.floor(Math.log10(Math.max(ms, 0.001)))
  return ([1, 2, 5, 10].find((count) => count * power >= ms) ?? 10) * power
}

function clamp(ms: number, totalMs: number): number {
  return Math.min(Math.max(ms, 0), totalMs)
}
