'use client'

import { formatElapsed } from '@clew/domain/format'
import { KindIcon } from '#ui/kind-icon.tsx'
import { agentLabel, findRunningLeaf, nodeLabel } from '@clew/domain/story'
import type { RunModel } from '@clew/domain/story'
import type { RunPageState } from './use-run-page.ts'

export interface DoingProps {
  model: RunModel
  page: RunPageState
  nowMs: number
}

/** Names the running leaf, with its time ticking. */
export function Doing({ model, page, nowMs }: DoingProps) {
  const leaf = findRunningLeaf(model)
  if (leaf === undefined) return <span className="t3">between two steps</span>
  return (
    <span className="run-now">
      <span className="t3">{leaf.span.kind === 'APPROVAL' ? 'waits for a person' : 'now'}</span>
      <KindIcon kind={leaf.span.kind} />
      <button type="button" className="link clip" onClick={() => page.select(leaf)}>
        {nodeLabel(leaf)}
      </button>
      {leaf.agent === undefined || leaf.agent === leaf ? null : (
        <span className="t3 clip">{agentLabel(leaf.agent)}</span>
      )}
      <span className="st-run">{formatElapsed(nowMs - leaf.startMs)}</span>
    </span>
  )
}
