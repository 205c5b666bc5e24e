'use client'

import { useQuery } from '@tanstack/react-query'
import type { inferOutput } from '@trpc/tanstack-react-query'
import { toErrorMessage, useTrpc } from '#lib/trpc.tsx'
import type { Trpc } from '#lib/trpc.tsx'
import { useProject } from '#shell/project-context.tsx'
import { Time } from '#ui/numbers.tsx'
import { Section } from './section.tsx'

type Score = inferOutput<Trpc['scores']['list']>[number]

/** What people, judges and annotations said of a span, and of the run as a whole. */
export function ScoreList({ traceId, spanId }: { traceId: string; spanId: string }) {
  const trpc = useTrpc()
  const { id: projectId } = useProject()
  const scores = useQuery(trpc.scores.list.queryOptions({ projectId, traceId }))
  if (scores.error !== null) return <p className="small st-fail">{toErrorMessage(scores.error)}</p>
  const all = scores.data ?? []
  const own = all.filter((score) => score.spanId === spanId)
  const run = all.filter((score) => score.spanId === undefined)
  const others = all.length - own.length - run.length
  return (
    <>
      {own.length === 0 ? null : (
        <Section label="Scores of this step">
          <Scores scores={own} />
        </Section>
      )}
      {run.length === 0 ? null : (
        <Section label="Scores of the run">
          <Scores scores={run} />
        </Section>
      )}
      {others === 0 ? null : (
        <p className="small t3">
          {others === 1 ? 'One more score stands' : `${others} more scores stand`} with other steps.
        </p>
      )}
    </>
  )
}

function Scores({ scores }: { scores: readonly Score[] }) {
  return (
    <ul className="score-list">
      {scores.map((score) => (
        <li key={score.id}>
          <span className="med">{score.name}</span>
          <span className="tnum">{String(score.value)}</span>
          <span className="t3 small">
            by {score.by}, <Time unixNano={score.atUnixNano} />
          </span>
          {score.comment === undefined ? null : <p className="prose t2">{score.comment}</p>}
        </li>
      ))}
    </ul>
  )
}
