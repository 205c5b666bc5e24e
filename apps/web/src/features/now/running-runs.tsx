'use client'

import type { RunSummary } from '@clew/domain'
import Link from 'next/link'
import { formatCount } from '@clew/domain/format'
import { titleOfRun } from '@clew/domain/story'
import { useProjectPath } from '#shell/project-context.tsx'
import { KindIcon } from '#ui/kind-icon.tsx'
import { Cost, Elapsed, Tokens } from '#ui/numbers.tsx'
import { StatusMark } from '#ui/status.tsx'
import { Cell, HeadCell } from '#ui/table-cell.tsx'

const columns = 'minmax(0,1.2fr) 190px minmax(0,1.1fr) 76px 80px 64px 60px'

/** What runs this second: so far, doing now, elapsed, spent. */
export function RunningRuns(props: {
  runs: readonly RunSummary[]
  /** All that run, those that are not shown included. */
  count: number
  cursor: number | undefined
}) {
  const { runs, count, cursor } = props
  const path = useProjectPath()
  return (
    <section aria-labelledby="now-running">
      <div className="section-head">
        <h2 id="now-running">Running</h2>
        <span className="t3">{count === 0 ? 'nothing at this moment' : describeCount(count)}</span>
        <span className="grow" />
        {count > runs.length ? (
          <Link className="link small" href={path('/runs?q=status:running&range=90d')}>
            All that run
          </Link>
        ) : null}
      </div>
      <div className="panel" role="table" aria-labelledby="now-running">
        {runs.length === 0 ? (
          <p className="now-quiet t3">A run shows here within a second of its first span.</p>
        ) : (
          <>
            <div className="tr tr-head" role="row" style={{ gridTemplateColumns: columns }}>
              <HeadCell>Run</HeadCell>
              <HeadCell>So far</HeadCell>
              <HeadCell>Doing now</HeadCell>
              <HeadCell num>This step</HeadCell>
              <HeadCell num>Elapsed</HeadCell>
              <HeadCell num>Tokens</HeadCell>
              <HeadCell num>Cost $</HeadCell>
            </div>
            {runs.map((run, index) => (
              <RunningRow key={run.traceId} run={run} isCursor={index === cursor} />
            ))}
          </>
        )}
      </div>
    </section>
  )
}

function RunningRow({ run, isCursor }: { run: RunSummary; isCursor: boolean }) {
  const path = useProjectPath()
  const step = run.currentStep
  return (
    <div
      className="tr tr-link now-running"
      role="row"
      data-cursor={isCursor}
      data-trace={run.traceId}
      style={{ gridTemplateColumns: columns }}
    >
      <span role="cell" className="grid min-w-0 leading-[17px]">
        <Link href={path(`/runs/${run.traceId}`)} prefetch={false} className="row-link clip">
          {titleOfRun(run)}
        </Link>
        <span className="small t3 clip">
          {run.agents.length === 0 ? run.serviceName : run.agents.join(' with ')} {run.agentVersion}
        </span>
      </span>
      <Cell className="t2 small">{describeSoFar(run)}</Cell>
      <Cell className="now-step">
        {step === undefined ? (
          <span className="t3">between steps</span>
        ) : (
          <>
            <KindIcon kind={step.kind} />
            <span className={step.kind === 'TOOL' ? 'mono clip' : 'clip'}>{step.name}</span>
          </>
        )}
      </Cell>
      <Cell num className="t3">
        {step === undefined ? null : <Elapsed since={step.startTimeUnixNano} />}
      </Cell>
      <Cell num className="med">
        <Elapsed since={run.startTimeUnixNano} />
      </Cell>
      <Cell num>
        <Tokens usage={run.usage} />
      </Cell>
      <Cell num>
        <Cost cost={run.cost} />
      </Cell>
    </div>
  )
}

function describeSoFar(run: RunSummary) {
  const parts = [
    run.llmCount === 0 ? undefined : `${formatCount(run.llmCount)} model`,
    run.toolCount === 0 ? undefined : `${formatCount(run.toolCount)} tool`,
    run.spanCount === 1 ? '1 span' : `${formatCount(run.spanCount)} spans`,
  ].filter((part) => part !== undefined)
  return (
    <span className="inline-flex items-center gap-2">
      {parts.join(', ')}
      {run.errorCount === 0 ? null : (
        <span className="status st-fail">
          <StatusMark status="error" size={12} /> {formatCount(run.errorCount)}
        </span>
      )}
    </span>
  )
}

function describeCount(count: number): string {
  return count === 1 ? '1 run' : `${formatCount(count)} runs`
}
