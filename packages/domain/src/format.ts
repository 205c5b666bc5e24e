import type { Cost, Usage } from '@clew/semconv/span'

const thousands = new Intl.NumberFormat('en', { maximumFractionDigits: 0 })

/** Milliseconds for people: `314 ms`, `1.14 s`, `41.6 s`, `1 m 44 s`, `2 h 11 m`, `3 d 4 h`. */
export function formatDuration(ms: number): string {
  if (ms < 1) return ms <= 0 ? '0 ms' : `${ms.toFixed(2)} ms`
  if (ms < 999.5) return `${Math.round(ms)} ms`
  if (ms < 9_995) return `${(ms / 1000).toFixed(2)} s`
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)} s`
  const seconds = Math.round(ms / 1000)
  if (seconds < 3600) return `${Math.floor(seconds / 60)} m ${pad(seconds % 60)} s`
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h ${pad(Math.floor((seconds % 3600) / 60))} m`
  return `${Math.floor(seconds / 86_400)} d ${Math.floor((seconds % 86_400) / 3600)} h`
}

/** Elapsed time of something that still runs; one decimal until a minute, so that it ticks calmly. */
export function formatElapsed(ms: number): string {
  return ms < 59_950 ? `${(Math.max(0, ms) / 1000).toFixed(1)} s` : formatDuration(ms)
}

/** A count with separators; `2.3 M` from ten million on. */
export function formatCount(count: number): string {
  if (count >= 10_000_000) return `${(count / 1_000_000).toFixed(1)} M`
  return thousands.format(count)
}

/** All tokens of a usage, or undefined where none were counted. */
export function totalTokens(usage: Usage | undefined): number | undefined {
  if (usage === undefined) return undefined
  if (usage.total !== undefined) return usage.total
  if (usage.input === undefined && usage.output === undefined) return undefined
  return (usage.input ?? 0) + (usage.output ?? 0)
}

/** An amount without its currency, with as many digits as its size deserves: `0.0534`, `12.40`, `1,204`. */
export function formatAmount(amount: number): string {
  if (amount === 0) return '0'
  if (amount >= 1000) return thousands.format(amount)
  if (amount >= 10) return amount.toFixed(2)
  if (amount < 0.0001) return '<0.0001'
  return amount.toFixed(4)
}

/** An amount with its currency: `$0.0534`, `EUR 0.0534`. */
export function formatMoney(cost: Pick<Cost, 'total' | 'currency'>): string | undefined {
  if (cost.total === undefined) return undefined
  const amount = formatAmount(cost.total)
  const symbol = cost.currency === 'USD' ? '$' : `${cost.currency} `
  return amount.startsWith('<') ? `<${symbol}${amount.slice(1)}` : `${symbol}${amount}`
}

/** A share of one as per cent with one decimal: `91.4`. */
export function formatPercent(share: number): string {
  const percent = share * 100
  return percent === 100 || percent === 0 ? String(percent) : percent.toFixed(1)
}

/** Bytes in binary steps: `11.4 GB`. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'KB', 'MB', 'GB', 'TB']
  let value = bytes
  let unit = 0
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1024
    unit += 1
  }
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[unit] ?? ''}`
}

/** The reader's clock: `14:02:11`, or with milliseconds `14:02:11.345`. */
export function formatClock(epochMs: number, precision: 'seconds' | 'ms' = 'seconds'): string {
  const at = new Date(epochMs)
  const clock = `${pad(at.getHours())}:${pad(at.getMinutes())}:${pad(at.getSeconds())}`
  return precision === 'seconds' ? clock : `${clock}.${String(at.getMilliseconds()).padStart(3, '0')}`
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** `20 Nov`, with the year when it is another one. */
export function formatDate(epochMs: number, nowMs: number = Date.now()): string {
  const at = new Date(epochMs)
  const day = `${at.getDate()} ${months[at.getMonth()] ?? ''}`
  return at.getFullYear() === new Date(nowMs).getFullYear() ? day : `${day} ${at.getFullYear()}`
}

/** Today as a clock, other days as `20 Nov 14:02`. */
export function formatMoment(epochMs: number, nowMs: number = Date.now()): string {
  const isToday = new Date(epochMs).toDateString() === new Date(nowMs).toDateString()
  return isToday ? formatClock(epochMs) : `${formatDate(epochMs, nowMs)} ${formatClock(epochMs).slice(0, 5)}`
}

/** `now`, `7 m ago`, `3 h ago`, `2 d ago`. */
export function formatAgo(epochMs: number, nowMs: number = Date.now()): string {
  const seconds = Math.max(0, Math.round((nowMs - epochMs) / 1000))
  if (seconds < 5) return 'now'
  if (seconds < 60) return `${seconds} s ago`
  if (seconds < 3600) return `${Math.floor(seconds / 60)} m ago`
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h ago`
  return `${Math.floor(seconds / 86_400)} d ago`
}

function pad(value: number): string {
  return String(value).padStart(2, '0')
}
