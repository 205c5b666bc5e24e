import type { Filter, FilterCondition, FilterScope } from '@clew/domain'
import { filterScopes } from '@clew/domain'
import { parseFilterText } from '@clew/domain/filter-text'
import { readChoice } from '#lib/url-state.ts'

export const ranges = [
  { value: '15m', label: 'Last 15 minutes', ms: 900_000 },
  { value: '1h', label: 'Last hour', ms: 3_600_000 },
  { value: '6h', label: 'Last 6 hours', ms: 21_600_000 },
  { value: '24h', label: 'Last 24 hours', ms: 86_400_000 },
  { value: '7d', label: 'Last 7 days', ms: 604_800_000 },
  { value: '30d', label: 'Last 30 days', ms: 2_592_000_000 },
  { value: '90d', label: 'Last 90 days', ms: 7_776_000_000 },
] as const
export type RangeName = (typeof ranges)[number]['value']

export const sortFields = ['start', 'duration', 'tokens', 'cost'] as const
export type SortField = (typeof sortFields)[number]
export interface RunSort {
  by: SortField
  direction: 'asc' | 'desc'
}

/** A part of the window, in milliseconds since the epoch; without `to` it stays open towards now. */
export interface Brush {
  from: number
  to?: number
}

/** Everything that the runs page shows follows from this, and this stands in the URL. */
export interface RunsView {
  scope: FilterScope
  conditions: FilterCondition[]
  words: string
  range: RangeName
  brush?: Brush
  sort: RunSort
  isLive: boolean
}

/** Reads the view; what makes no sense falls back to the default. */
export function readRunsView(params: URLSearchParams): RunsView {
  const parsed = parseFilterText(params.get('q') ?? '')
  const [by, direction] = (params.get('sort') ?? '').split('.')
  const brush = readBrush(params)
  return {
    scope: readChoice({ params, name: 'scope', allowed: filterScopes, fallback: 'root' }),
    conditions: parsed.conditions,
    words: parsed.words,
    range: readChoice({ params, name: 'range', allowed: ranges.map((one) => one.value), fallback: '24h' }),
    sort: {
      by: sortFields.find((field) => field === by) ?? 'start',
      direction: direction === 'asc' ? 'asc' : 'desc',
    },
    isLive: params.get('live') !== '0',
    ...(brush === undefined ? {} : { brush }),
  }
}

/** The window of the histogram: `buckets` equal steps that end after now, aligned so that they stay put. */
export function toWindow(options: { range: RangeName; nowMs: number; buckets: number }): {
  since: number
  until: number
  stepMs: number
} {
  const span = ranges.find((one) => one.value === options.range)?.ms ?? 86_400_000
  const stepMs = Math.ceil(span / options.buckets / 1000) * 1000
  const until = (Math.floor(options.nowMs / stepMs) + 1) * stepMs
  return { since: until - stepMs * options.buckets, until, stepMs }
}

/** The filter of the window, or of the brush inside it, with further conditions. */
export function toFilter(options: {
  view: RunsView
  since: number
  until?: number
  also?: readonly FilterCondition[]
}): Filter {
  const { view, since, until, also = [] } = options
  const all = [...view.conditions, ...also]
  return {
    scope: view.scope,
    since,
    ...(all.length === 0 ? {} : { where: { and: all } }),
    ...(view.words === '' ? {} : { text: view.words }),
    ...(until === undefined ? {} : { until }),
  }
}

function readBrush(params: URLSearchParams): Brush | undefined {
  const from = Number(params.get('from') ?? Number.NaN)
  const to = Number(params.get('to') ?? Number.NaN)
  if (!Number.isSafeInteger(from)) return undefined
  return Number.isSafeInteger(to) && to > from ? { from, to } : { from }
}
