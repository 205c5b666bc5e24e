'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useProject } from '#shell/project-context.tsx'
import { toErrorMessage, useTrpc } from '#lib/trpc.tsx'
import { Button } from '#ui/button.tsx'
import type { InspectorTabProps } from './overview-tab.tsx'
import { ScoreList } from './score-list.tsx'
import { Section } from './section.tsx'

/** A person's judgement of a span, kept as a score of the run, and those that stand already. */
export function NotesTab(props: InspectorTabProps & { by: string }) {
  const { traceId, spanId } = props.span
  return (
    <>
      <JudgeForm {...props} />
      <ScoreList traceId={traceId} spanId={spanId} />
    </>
  )
}

function JudgeForm({ span, by }: InspectorTabProps & { by: string }) {
  const trpc = useTrpc()
  const project = useProject()
  const [comment, setComment] = useState('')
  const cache = useQueryClient()
  const create = useMutation(
    trpc.scores.create.mutationOptions({
      onSuccess: () => {
        setComment('')
        void cache.invalidateQueries({ queryKey: trpc.scores.list.queryKey() })
      },
    }),
  )
  const send = (value: 'right' | 'wrong' | 'note') =>
    create.mutate({
      projectId: project.id,
      traceId: span.traceId,
      spanId: span.spanId,
      name: value === 'note' ? 'note' : 'judgement',
      value: value === 'note' ? comment : value,
      by,
      ...(comment === '' || value === 'note' ? {} : { comment }),
    })
  return (
    <Section label="Was this step right?">
      <div className="note-form">
        <label className="field-box">
          <textarea
            aria-label="Note"
            rows={3}
            style={{ height: 'auto', padding: '6px 0' }}
            placeholder="What you saw, for whoever looks next"
            value={comment}
            onChange={(event) => setComment(event.target.value)}
          />
        </label>
        <div className="flex items-center gap-2">
          <Button disabled={create.isPending} onClick={() => send('right')}>
            It was right
          </Button>
          <Button disabled={create.isPending} onClick={() => send('wrong')}>
            It was wrong
          </Button>
          <Button
            variant="ghost"
            disabled={create.isPending || comment.trim() === ''}
            onClick={() => send('note')}
          >
            Only the note
          </Button>
        </div>
        <p className="small t3" aria-live="polite">
          {create.isSuccess ? 'Kept with the run.' : null}
          {create.isError ? <span className="st-fail">{toErrorMessage(create.error)}</span> : null}
        </p>
      </div>
    </Section>
  )
}
