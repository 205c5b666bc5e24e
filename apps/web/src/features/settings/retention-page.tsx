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

function PolicyForm({ policy }: { policy: Policy }) {
  const [metadataDays, setMetadataDays] = useState(policy.metadataDays)
  const [contentDays, setContentDays] = useState(policy.contentDays)
  const [contentAccess, setContentAccess] = useState(policy.contentAccess)
  const [isAsking, setIsAsking] = useState(false)
  const draft = {
    metadataDays,
    contentDays: contentDays > metadataDays ? metadataDays : contentDays,
    contentAccess,
  }
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
          <Button
            variant="ghost"
            onClick={() => {
              setMetadataDays(policy.metadataDays)
              setContentDays(policy.contentDays)
              setContentAccess(policy.contentAccess)
            }}
          >
            Discard
          </Button>
        ) : null}
        <Button
          variant="primary"
          disabled={!isChanged || save.isPending || preview.data === undefined}
          onClick={() => (deletes === 0 ? save.mutate(draft) : setIsAsking(true))}
        >
          {deletes === 0 ? 'Apply' : 'Review and apply'}
        </Button>
      </div>
      <div className="panel settings-policy">
        <DaysField
          label="Runs and spans"
          hint="Names, times, tokens, cost, errors."
          value={metadataDays}
          was={policy.metadataDays}
          onChange={setMetadataDays}
        />
        <DaysField
          label="Inputs and outputs"
          hint="Messages, arguments, results; never longer than the spans."
          value={draft.contentDays}
          was={policy.contentDays}
          max={metadataDays}
          onChange={setContentDays}
        />
        <div className="field">
          <span className="med text-control">Who may read inputs and outputs</span>
          <Segmented
            label="Who may read inputs and outputs"
            options={[
              { value: 'readers', label: 'Everyone who may read runs' },
              { value: 'nobody', label: 'Nobody' },
            ]}
            value={contentAccess}
            onChange={setContentAccess}
          />
          <p className="field-hint">“Nobody” hides them at once, also from the API; it deletes nothing.</p>
        </div>
      </div>
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
    mutate: (draft: Pick<Policy, 'metadataDays' | 'contentDays' | 'contentAccess'>) =>
      update.mutate({ projectId, ...draft }),
  }
}
