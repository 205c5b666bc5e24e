'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { toErrorMessage, useTrpc } from '#lib/trpc.tsx'
import { useKeys } from '#lib/use-keys.tsx'
import { useProject } from '#shell/project-context.tsx'
import { Button } from '#ui/button.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { Icon } from '#ui/icon.tsx'
import { ListBody } from '#ui/list-body.tsx'
import { EmptyState, Notice } from '#ui/states.tsx'
import { CreateKeyDialog } from './create-key-dialog.tsx'
import { KeyTable, keyColumns } from './key-table.tsx'
import type { ApiKey } from './key-table.tsx'
import { LimitKeyDialog } from './limit-key-dialog.tsx'

/** Keys of the project: what each may do, when it was last used, and an end to it. */
export function KeysPage() {
  const trpc = useTrpc()
  const cache = useQueryClient()
  const { id: projectId } = useProject()
  const keys = useQuery(trpc.keys.list.queryOptions({ projectId }))
  const [isCreating, setIsCreating] = useState(false)
  const [limiting, setLimiting] = useState<ApiKey | undefined>(undefined)
  const [revoking, setRevoking] = useState<ApiKey | undefined>(undefined)
  const refresh = () => void cache.invalidateQueries({ queryKey: trpc.keys.list.queryKey() })
  useKeys([{ keys: 'c', label: 'create a key', legend: true, run: () => setIsCreating(true) }])
  return (
    <section aria-labelledby="settings-keys">
      <div className="settings-head">
        <h2 id="settings-keys">Keys</h2>
        <span className="t3">of this project; the secret is shown once and stored as a hash</span>
        <span className="grow" />
        <Button variant="primary" onClick={() => setIsCreating(true)}>
          <Icon name="plus" size={14} /> Create a key
        </Button>
      </div>
      <div className="panel">
        <ListBody
          what="keys"
          columns={keyColumns}
          items={keys.data}
          error={keys.error}
          onRetry={() => void keys.refetch()}
          empty={
            <EmptyState
              title="This project has no key"
              actions={<Button onClick={() => setIsCreating(true)}>Create a key</Button>}
            >
              Without one no agent can send to it.
            </EmptyState>
          }
        >
          {(items) => <KeyTable keys={items} onLimit={setLimiting} onRevoke={setRevoking} />}
        </ListBody>
      </div>
      <CreateKeyDialog
        isOpen={isCreating}
        onClose={() => {
          setIsCreating(false)
          refresh()
        }}
      />
      <LimitKeyDialog apiKey={limiting} onClose={() => setLimiting(undefined)} onLimited={refresh} />
      <RevokeDialog apiKey={revoking} onClose={() => setRevoking(undefined)} onRevoked={refresh} />
    </section>
  )
}

function RevokeDialog(props: { apiKey: ApiKey | undefined; onClose: () => void; onRevoked: () => void }) {
  const { apiKey, onClose, onRevoked } = props
  const trpc = useTrpc()
  const { id: projectId } = useProject()
  const revoke = useMutation(
    trpc.keys.revoke.mutationOptions({
      onSuccess: () => {
        onRevoked()
        onClose()
      },
    }),
  )
  return (
    <Dialog
      title={`Revoke “${apiKey?.name ?? ''}”?`}
      isOpen={apiKey !== undefined}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Keep it</Button>
          <Button
            variant="danger"
            disabled={revoke.isPending}
            onClick={() => {
              if (apiKey !== undefined) revoke.mutate({ projectId, keyId: apiKey.id })
            }}
          >
            Revoke the key
          </Button>
        </>
      }
    >
      <p>
        Requests with the key ending in <code>…{apiKey?.hint}</code> are refused within a second. What it has
        sent stays. This cannot be undone.
      </p>
      {revoke.error === null ? null : <Notice tone="warn">{toErrorMessage(revoke.error)}</Notice>}
    </Dialog>
  )
}
