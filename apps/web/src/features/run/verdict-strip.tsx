'use client'

import { Button } from '#ui/button.tsx'
import { Icon } from '#ui/icon.tsx'
import { agentLabel, nodeLabel } from './model/build-run-model.ts'
import type { RunModel } from './model/build-run-model.ts'
import { shorten } from './story/summarise-value.ts'
import type { RunPageState } from './use-run-page.ts'

/** The first error in causal order, said as such; nothing when nothing failed. */
export function VerdictStrip({ model, page }: { model: RunModel; page: RunPageState }) {
  const [first, ...others] = page.errors
  if (first === undefined) return null
  const { span } = first
  const message = span.errorMessage ?? span.statusMessage ?? model.trace.firstError?.message ?? span.errorType
  const hasRecovered = model.trace.status === 'ok' || model.trace.status === 'unset'
  const isRunning = model.trace.status === 'running'
  return (
    <output className="run-verdict" data-recovered={hasRecovered || isRunning}>
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
