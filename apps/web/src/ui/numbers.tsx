'use client'

import { toEpochMs } from '@clew/domain'
import type { Cost as CostValue, Usage } from '@clew/semconv/span'
import {
  formatAgo,
  formatAmount,
  formatClock,
  formatCount,
  formatDate,
  formatDuration,
} from '@clew/domain/format'
import { formatElapsed, formatMoment, formatMoney, totalTokens } from '@clew/domain/format'
import { useNow } from '#lib/use-now.ts'

/** A duration in milliseconds. */
export function Duration({ ms, className = 'num' }: { ms: number | undefined; className?: string }) {
  return ms === undefined ? (
    <NotRecorded className={className} />
  ) : (
    <span className={className}>{formatDuration(ms)}</span>
  )
}

/** Time since a start, ticking while it is on screen. */
export function Elapsed({ since, className = 'num' }: { since: string; className?: string }) {
  const now = useNow(100)
  return <span className={className}>{formatElapsed(now - toEpochMs(since))}</span>
}

/** All tokens of a usage; how they divide is in the title. */
export function Tokens({ usage, className = 'num t2' }: { usage: Usage | undefined; className?: string }) {
  const total = totalTokens(usage)
  if (usage === undefined || total === undefined) return <NotRecorded className={className} />
  const parts = [
    usage.input === undefined ? undefined : `${formatCount(usage.input)} in`,
    usage.cacheRead === undefined ? undefined : `${formatCount(usage.cacheRead)} of it from the cache`,
    usage.output === undefined ? undefined : `${formatCount(usage.output)} out`,
    usage.reasoning === undefined ? undefined : `${formatCount(usage.reasoning)} of it reasoning`,
  ]
  return (
    <span className={className} title={parts.filter((part) => part !== undefined).join(', ')}>
      {formatCount(total)}
    </span>
  )
}

/** A cost; without `currency` the amount alone, for columns whose head names the currency. */
export function Cost(props: { cost: CostValue | undefined; currency?: boolean; className?: string }) {
  const { cost, currency = false, className = 'num t2' } = props
  if (cost?.total === undefined) {
    return (
      <NotRecorded
        className={className}
        title={cost?.source === 'unpriced' ? 'The model has no price' : undefined}
      />
    )
  }
  const source =
    cost.source === 'reported'
      ? 'reported by the app'
      : `computed${cost.priceVersion === undefined ? '' : ` from prices ${cost.priceVersion}`}`
  return (
    <span className={className} title={source}>
      {currency ? formatMoney(cost) : formatAmount(cost.total)}
    </span>
  )
}

/** A moment: the clock today, else day and clock; the whole of it in the title. */
export function Time(props: {
  unixNano: string
  as?: 'moment' | 'clock' | 'ms' | 'ago'
  className?: string
}) {
  const { unixNano, as = 'moment', className = 'tnum' } = props
  const epochMs = toEpochMs(unixNano)
  return (
    <time className={className} dateTime={new Date(epochMs).toISOString()} title={fullMoment(epochMs)}>
      {as === 'ago' ? (
        <Ago epochMs={epochMs} />
      ) : as === 'moment' ? (
        formatMoment(epochMs)
      ) : (
        formatClock(epochMs, as === 'ms' ? 'ms' : 'seconds')
      )}
    </time>
  )
}

/** What nothing measured is said, not guessed. */
export function NotRecorded({
  className = 'num t3',
  title,
}: {
  className?: string
  title?: string | undefined
}) {
  return (
    <span className={`${className} t3`} title={title ?? 'Not recorded'}>
      <span aria-hidden="true">–</span>
      <span className="visually-hidden">{title ?? 'not recorded'}</span>
    </span>
  )
}

function Ago({ epochMs }: { epochMs: number }) {
  const now = useNow(5000)
  return <>{formatAgo(epochMs, now)}</>
}

function fullMoment(epochMs: number): string {
  return `${formatDate(epochMs)} ${formatClock(epochMs, 'ms')}, ${new Date(epochMs).toISOString()}`
}
