'use client'

import type { RetentionDays } from '@clew/domain'
import { isRetentionDays, retentionClasses } from '@clew/domain'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { inferOutput } from '@trpc/tanstack-react-query'
import { useState } from 'react'
import { toErrorMessage, useTrpc } from '#lib/trpc.tsx'
import type { Trpc } from '#lib/trpc.tsx'
import { useProject } from '#shell/project-context.tsx'
import { Button } from '#ui/button.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { SelectField } from '#ui/field.tsx'
import { Segmented } from '#ui/segmented.tsx'
import { ErrorState, LoadingRows, Notice } from '#ui/states.tsx'
import { formatDays } from './format-days.ts'
import { PolicyHistory } from './policy-history.tsx'
import { RetentionPreview, usePreview } from './retention-preview.tsx'

type Policy = inferOutput<Trpc['retention']['get']>['policy']

/** How long the project keeps what; the change is shown with what it would delete before it is applied. */
export function RetentionPage() {
  const trpc = useTrpc()
  const { id: projectId } = useProject()
  const query = useQuery(trpc.retention.get.queryOptions({ projectId }))
  if (query.data === undefined) {
    return query.error === null ? (
      <LoadingRows columns="1fr 1fr 1fr" rows={3} waitingFor="the policy" />
    ) : (
      <ErrorState title="The policy could not be read" onRetry={() => void query.refetch()}>
        {toErrorMessage(query.error)}
      </ErrorState>
    )
  }
  const { policy, history } = query.data
  return (
    <>
      <PolicyForm key={policy.inForceFrom} policy={policy} />
      <PolicyHistory history={history} />
    </>
  )
}

type Draft = Pick<Policy, 'metadataDays' | 'contentDays' | 'contentAccess'>

function PolicyForm({ policy }: { policy: Policy }) {
  const [wanted, setWanted] = useState<Draft>(policy)
  const [isAsking, setIsAsking] = useState(false)
  const draft = toDraft(wanted)
  const preview = usePreview(draft)
  const save = useSave(() => setIsAsking(false))
  const isChanged =
    draft.metadataDays !== policy.metadataDays ||
    draft.contentDays !== policy.contentDays ||
    draft.contentAccess !== policy.contentAccess
  const deletes = (preview.data?.spanCount ?? 0) + (preview.data?.contentCount ?? 0)
  return (
    <section aria-labelledby="settings-retention">
      <div className="settings-head">
        <h2 id="settings-retention">Retention</h2>
        <span className="t3">how long this project keeps what</span>
        <span className="grow" />
        {isChanged ? (
          <Button variant="ghost" onClick={() => setWanted(policy)}>
            Discard
          </Button>
        ) : null}
        <Button
          variant="primary"
          disabled={!isChanged || save.isPending || preview.data === undefined || preview.isPlaceholderData}
          onClick={() => (deletes === 0 ? save.mutate(draft) : setIsAsking(true))}
        >
          {deletes === 0 ? 'Apply' : 'Review and apply'}
        </Button>
      </div>
      <PolicyFields draft={draft} policy={policy} onChange={(part) => setWanted({ ...wanted, ...part })} />
      {save.error === null ? null : <Notice tone="warn">{toErrorMessage(save.error)}</Notice>}
      <RetentionPreview preview={preview} isChanged={isChanged} />
      <Dialog
        title="Apply the new policy?"
        isOpen={isAsking}
        onClose={() => setIsAsking(false)}
        actions={
          <>
            <Button onClick={() => setIsAsking(false)}>Keep the old one</Button>
            <Button variant="danger" disabled={save.isPending} onClick={() => save.mutate(draft)}>
              Apply and delete
            </Button>
          </>
        }
      >
        <RetentionPreview preview={preview} isChanged />
        <p>What is deleted cannot be brought back.</p>
      </Dialog>
    </section>
  )
}

/** Content never outlives its span. */
function toDraft(wanted: Draft): Draft {
  const { metadataDays, contentDays, contentAccess } = wanted
  return { metadataDays, contentDays: contentDays > metadataDays ? metadataDays : contentDays, contentAccess }
}

function PolicyFields(props: { draft: Draft; policy: Policy; onChange: (part: Partial<Draft>) => void }) {
  const { draft, policy, onChange } = props
  return (
    <div className="panel settings-policy">
      <DaysField
        label="Runs and spans"
        hint="Names, times, tokens, cost, errors."
        value={draft.metadataDays}
        was={policy.metadataDays}
        onChange={(metadataDays) => onChange({ metadataDays })}
      />
      <DaysField
        label="Inputs and outputs"
        hint="Messages, arguments, results; never longer than the spans."
        value={draft.contentDays}
        was={policy.contentDays}
        max={draft.metadataDays}
        onChange={(contentDays) => onChange({ contentDays })}
      />
      <div className="field">
        <span className="med text-control">Who may read inputs and outputs</span>
        <Segmented
          label="Who may read inputs and outputs"
          options={[
            { value: 'readers', label: 'Everyone who may read runs' },
            { value: 'nobody', label: 'Nobody' },
          ]}
          value={draft.contentAccess}
          onChange={(contentAccess) => onChange({ contentAccess })}
        />
        <p className="field-hint">“Nobody” hides them at once, also from the API; it deletes nothing.</p>
      </div>
    </div>
  )
}

function DaysField(props: {
  label: string
  hint: string
  value: RetentionDays
  was: RetentionDays
  max?: RetentionDays
  onChange: (days: RetentionDays) => void
}) {
  const { label, hint, value, was, max, onChange } = props
  return (
    <SelectField
      label={label}
      hint={
        <>
          {value === was ? null : (
            <>
              <span className="del">{formatDays(was)}</span>{' '}
              <span className="ins">{formatDays(value)}</span>{' '}
            </>
          )}
          {hint}
        </>
      }
      value={String(value)}
      options={retentionClasses.map((days) => ({
        value: String(days),
        label: formatDays(days),
        disabled: max !== undefined && days > max,
      }))}
      onChange={(chosen) => {
        const days = Number(chosen)
        if (isRetentionDays(days)) onChange(days)
      }}
    />
  )
}

function useSave(onSaved: () => void) {
  const trpc = useTrpc()
  const cache = useQueryClient()
  const { id: projectId } = useProject()
  const update = useMutation(
    trpc.retention.update.mutationOptions({
      onSuccess: () => {
        onSaved()
        void cache.invalidateQueries({ queryKey: trpc.retention.pathKey() })
      },
    }),
  )
  return {
    ...update,
    mutate: (draft: Draft) => update.mutate({ projectId, ...draft }),
  }
}
