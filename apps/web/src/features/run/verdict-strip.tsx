'use client'

import { useState } from 'react'
import { formatClock } from '@clew/domain/format'
import { Button } from '#ui/button.tsx'
import { Icon } from '#ui/icon.tsx'
import { Doing } from './doing.tsx'
import { agentLabel, findRunningLeaf, nodeLabel, shorten } from '@clew/domain/story'
import type { RunModel } from '@clew/domain/story'
import type { RunPageState } from './use-run-page.ts'

/**
 * The first error in causal order, said as such; nothing when nothing failed. While a run runs the strip says
 * what it does, and it stays once it was there: the panes below it never move under a reader.
 */
export function VerdictStrip({ model, page, nowMs }: { model: RunModel; page: RunPageState; nowMs: number }) {
  const [wasRunning, setWasRunning] = useState(model.isRunning)
  if (model.isRunning && !wasRunning) setWasRunning(true)
  if (page.errors.length > 0) return <FirstError model={model} page={page} />
  if (!wasRunning) return null
  return (
    <div className="run-verdict" data-tone="quiet">
      {model.isRunning ? (
        <>
          {findRunningLeaf(model)?.span.kind === 'APPROVAL' ? (
            <Icon name="wait" className="st-warn" />
          ) : (
            <Icon name="run" className="st-run spin" />
          )}
          <Doing model={model} page={page} nowMs={nowMs} />
        </>
      ) : (
        <>
          <Icon name="ok" className="st-ok" />
          <span>Ended {formatClock(model.startEpochMs + model.lastMs)}. Nothing failed.</span>
        </>
      )}
    </div>
  )
}

function FirstError({ model, page }: { model: RunModel; page: RunPageState }) {
  const [first, ...others] = page.errors
  if (first === undefined) return null
  const { span } = first
  const message = span.errorMessage ?? span.statusMessage ?? model.trace.firstError?.message ?? span.errorType
  const hasRecovered = model.trace.status === 'ok' || model.trace.status === 'unset'
  const isRunning = model.trace.status === 'running'
  return (
    <output className="run-verdict" data-tone={hasRecovered || isRunning ? 'warn' : 'fail'}>
      <span className={`status strong ${hasRecovered || isRunning ? 'st-warn' : 'st-fail'}`}>
        <Icon name={hasRecovered || isRunning ? 'warn' : 'fail'} /> First error
      </span>
      <span className="clip">
        {first.step === undefined ? null : <span className="t3">step {first.step} </span>}
        <button type="button" className="strong mono link-plain" onClick={() => page.select(first)}>
          {nodeLabel(first)}
        </button>
        {first.agent === undefined || first.agent === first ? null : (
          <span className="t2"> in {agentLabel(first.agent)}</span>
        )}
        <span>: {message === undefined ? 'failed without a message' : shorten(message, 220)}</span>
        {hasRecovered ? <span className="t2">. The run went on and did not fail.</span> : null}
      </span>
      <span className="run-verdict-more">
        {others.length === 0 ? null : (
          <span className="t2 small tnum">
            {others.length} more {others.length === 1 ? 'error' : 'errors'}
          </span>
        )}
        <Button onClick={() => page.select(first)}>
          Go there <kbd>f</kbd>
        </Button>
      </span>
    </output>
  )
}
