'use client'

import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { toErrorMessage, useTrpc } from '#lib/trpc.tsx'
import { useProject } from '#shell/project-context.tsx'
import { Button } from '#ui/button.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { Notice } from '#ui/states.tsx'
import { areLimits, KeyLimitFields, toKeyLimits, toTypedLimits } from './key-limit-fields.tsx'
import type { ApiKey } from './key-table.tsx'

/** What a key may send from now on. */
export function LimitKeyDialog(props: {
  apiKey: ApiKey | undefined
  onClose: () => void
  onLimited: () => void
}) {
  const { apiKey, onClose, onLimited } = props
  return (
    <Dialog title={`Limits of “${apiKey?.name ?? ''}”`} isOpen={apiKey !== undefined} onClose={onClose}>
      {apiKey === undefined ? null : (
        <LimitForm
          apiKey={apiKey}
          onCancel={onClose}
          onLimited={() => {
            onLimited()
            onClose()
          }}
        />
      )}
    </Dialog>
  )
}

function LimitForm(props: { apiKey: ApiKey; onCancel: () => void; onLimited: () => void }) {
  const { apiKey, onCancel, onLimited } = props
  const trpc = useTrpc()
  const { id: projectId } = useProject()
  const [limits, setLimits] = useState(() => toTypedLimits(apiKey.limits))
  const limit = useMutation(trpc.keys.limit.mutationOptions({ onSuccess: onLimited }))
  const isReady = areLimits(limits)
  return (
    <form
      className="grid gap-3.5"
      onSubmit={(event) => {
        event.preventDefault()
        if (isReady) limit.mutate({ projectId, keyId: apiKey.id, limits: toKeyLimits(limits) })
      }}
    >
      <p className="t2">
        Requests with <code>…{apiKey.hint}</code> are held to them within a second.
      </p>
      <KeyLimitFields limits={limits} onChange={setLimits} />
      {limit.error === null ? null : <Notice tone="warn">{toErrorMessage(limit.error)}</Notice>}
      <div className="flex justify-end gap-2">
        <Button onClick={onCancel}>Cancel</Button>
        <Button variant="primary" type="submit" disabled={!isReady || limit.isPending}>
          {limit.isPending ? 'Saving' : 'Set the limits'}
        </Button>
      </div>
    </form>
  )
}
