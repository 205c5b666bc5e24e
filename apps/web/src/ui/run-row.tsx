'use client'

import { toDurationMs, toEpochMs } from '@clew/domain'
import type { RunSummary } from '@clew/domain'
import { titleOfRun } from '@clew/domain/story'
import { useNow } from '#lib/use-now.ts'
import { KindIcon } from './kind-icon.tsx'
import { Cost, Duration, Elapsed, Time, Tokens } from './numbers.tsx'
import { StatusMark } from './status.tsx'
import { Cell, LinkCell } from './table-cell.tsx'

export const runColumns =
  '16px 88px minmax(160px,1.3fr) minmax(130px,1.3fr) minmax(60px,150px) minmax(110px,.6fr) 56px 72px 58px 54px'

/** One run as the list shows it; nothing in it moves but the time and the bar of a running one. */
export function RunRow(props: { run: RunSummary; href: string; isCursor: boolean; scaleMs: number }) {
  const { run, href, isCursor, scaleMs } = props
  const isRunning = run.status === 'running'
  const ms = toDurationMs(run.durationNs)
  return (
    <div
      className="tr tr-link"
      role="row"
      data-cursor={isCursor}
      data-trace={run.traceId}
      style={{ gridTemplateColumns: runColumns }}
    >
      <Cell>
        <StatusMark status={run.status} />
      </Cell>
      <Cell className="tnum t3">
        <Time unixNano={run.startTimeUnixNano} />
      </Cell>
      <LinkCell href={href}>{titleOfRun(run)}</LinkCell>
      <Cell className="t2">
        <Doing run={run} />
      </Cell>
      <Cell className="t2" title={run.agents.join(', ')}>
        {run.agents[0]}
        {run.agents.length > 1 ? <span className="t3"> +{run.agents.length - 1}</span> : null}
      </Cell>
      <Cell className="st-fail" title={run.firstError?.message}>
        {describeFirstError(run)}
      </Cell>
      <span role="cell">
        {isRunning ? (
          <RunningBar since={run.startTimeUnixNano} scaleMs={scaleMs} />
        ) : (
          <DurationBar ms={ms} scaleMs={scaleMs} />
        )}
      </span>
      <Cell num>{isRunning ? <Elapsed since={run.startTimeUnixNano} /> : <Duration ms={ms} />}</Cell>
      <Cell num>
        <Tokens usage={run.usage} />
      </Cell>
      <Cell num>
        <Cost cost={run.cost} />
      </Cell>
    </div>
  )
}

/** What the run answered, or what it is doing at this moment. */
export function Doing({ run }: { run: RunSummary }) {
  if (run.status === 'running') {
    const step = run.currentStep
    if (step === undefined) return <span className="t3">between steps</span>
    return (
      <span className="flex items-center gap-1.5">
        <KindIcon kind={step.kind} />
        <span className="clip">
          <span className="t3">now</span> {step.name}
        </span>
      </span>
    )
  }
  if (run.outputPreview !== undefined) return <>{run.outputPreview}</>
  if (run.status === 'lost') return <span className="t3">its sender went away</span>
  const why = run.stopReason ?? run.outcome
  return <span className="t3">{why === undefined ? 'no answer recorded' : `no answer recorded, ${why}`}</span>
}

function DurationBar({ ms, scaleMs, isOpen = false }: { ms: number; scaleMs: number; isOpen?: boolean }) {
  const share = scaleMs === 0 ? 0 : ms / scaleMs
  const width = `${Math.min(100, Math.max(2, share * 100)).toFixed(1)}%`
  return (
    <span className="duration-bar block" aria-hidden="true">
      <i className={isOpen ? 'bar bar-open' : 'bar'} style={{ width }} />
    </span>
  )
}

function RunningBar({ since, scaleMs }: { since: string; scaleMs: number }) {
  const nowMs = useNow(1000)
  return <DurationBar ms={nowMs - toEpochMs(since)} scaleMs={scaleMs} isOpen />
}

function describeFirstError(run: RunSummary): string | undefined {
  const error = run.firstError
  if (error === undefined) return run.status === 'error' ? run.errorMessage : undefined
  const said = error.message ?? error.type
  return said === undefined ? error.name : `${error.name}: ${said}`
}
