import type { Brush } from './runs-url.ts'

export interface Bin {
  startMs: number
  total: number
  failed: number
  running: number
}

/** One bin a step over the whole window, empty ones included; what lies outside is left out. */
export function toBins(options: {
  buckets: readonly Bin[]
  since: number
  until: number
  stepMs: number
}): Bin[] {
  const { buckets, since, until, stepMs } = options
  const length = Math.max(1, Math.round((until - since) / stepMs))
  const bins: Bin[] = Array.from({ length }, (_, index) => ({
    startMs: since + index * stepMs,
    total: 0,
    failed: 0,
    running: 0,
  }))
  for (const bucket of buckets) {
    const bin = bins[Math.floor((bucket.startMs - since) / stepMs)]
    if (bin === undefined) continue
    bin.total += bucket.total
    bin.failed += bucket.failed
    bin.running += bucket.running
  }
  return bins
}

/** What the brush holds, and how its failures a run compare with those outside when there are enough to say. */
export function describeBrush(options: { bins: readonly Bin[]; brush: Brush | undefined; stepMs: number }): {
  total: number
  failed: number
  timesUsual?: number
} {
  const { bins, brush, stepMs } = options
  const isInside = (bin: Bin) =>
    brush === undefined ||
    (bin.startMs + stepMs > brush.from && (brush.to === undefined || bin.startMs < brush.to))
  const inside = sum(bins.filter(isInside))
  const outside = sum(bins.filter((bin) => !isInside(bin)))
  if (brush === undefined || inside.failed < 5 || outside.failed < 1 || outside.total < 20) return inside
  const times = inside.failed / inside.total / (outside.failed / outside.total)
  return times >= 2 ? { ...inside, timesUsual: Math.round(times) } : inside
}

function sum(bins: readonly Bin[]): { total: number; failed: number } {
  return bins.reduce((all, bin) => ({ total: all.total + bin.total, failed: all.failed + bin.failed }), {
    total: 0,
    failed: 0,
  })
}
