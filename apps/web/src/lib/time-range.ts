'use client'

import { readChoice, useUrlState } from './url-state.ts'
import { useNow } from './use-now.ts'

export const timeRanges = [
  { value: '1h', label: 'Last hour', ms: 3_600_000 },
  { value: '24h', label: 'Last 24 hours', ms: 86_400_000 },
  { value: '7d', label: 'Last 7 days', ms: 604_800_000 },
  { value: '14d', label: 'Last 14 days', ms: 1_209_600_000 },
  { value: '30d', label: 'Last 30 days', ms: 2_592_000_000 },
  { value: '90d', label: 'Last 90 days', ms: 7_776_000_000 },
] as const
export type TimeRangeName = (typeof timeRanges)[number]['value']

const grainMs = 60_000

/** The page's window of time, in its URL; it moves on once a minute, not with every render. */
export function useTimeRange(fallback: TimeRangeName): {
  range: TimeRangeName
  label: string
  since: number
  setRange: (range: TimeRangeName) => void
} {
  const { params, patch } = useUrlState()
  const nowMs = useNow(grainMs)
  const range = readChoice({ params, name: 'range', allowed: timeRanges.map((one) => one.value), fallback })
  const known = timeRanges.find((one) => one.value === range)
  return {
    range,
    label: known?.label ?? '',
    since: Math.floor((nowMs - (known?.ms ?? 0)) / grainMs) * grainMs,
    setRange: (next) => patch({ range: next === fallback ? undefined : next }, { push: true }),
  }
}
