'use client'

import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { toErrorMessage, useTrpc } from '#lib/trpc.tsx'
import { useProject } from '#shell/project-context.tsx'
import { Button } from '#ui/button.tsx'
import { CopyButton } from '#ui/copy-button.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { SelectField, TextField } from '#ui/field.tsx'
import { Notice } from '#ui/states.tsx'
import { expiryChoices, toExpiry } from './key-choices.ts'
import type { ExpiryName, KeyScope } from './key-choices.ts'
import { areLimits, KeyLimitFields, noLimits, toKeyLimits } from './key-limit-fields.tsx'
import { ScopeFields } from './scope-fields.tsx'

/** Name, rights, end and limits of a new key; then its secret, this once. */
export function CreateKeyDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const [secret, setSecret] = useState<string | undefined>(undefined)
  function close() {
    setSecret(undefined)
    onClose()
  }
  return (
    <Dialog
      title={secret === undefined ? 'Create a key' : 'Copy the key now'}
      isOpen={isOpen}
      onClose={close}
      {...(secret === undefined
        ? {}
        : {
            actions: (
              <Button variant="primary" onClick={close}>
                I have copied it
              </Button>
            ),
          })}
    >
      {secret === undefined ? (
        <KeyForm onCreated={setSecret} onCancel={close} />
      ) : (
        <SecretOnce secret={secret} />
      )}
    </Dialog>
  )
}

function KeyForm({ onCreated, onCancel }: { onCreated: (secret: string) => void; onCancel: () => void }) {
  const trpc = useTrpc()
  const { id: projectId } = useProject()
  const [name, setName] = useState('')
  const [scopes, setScopes] = useState<readonly KeyScope[]>(['ingest'])
  const [expiry, setExpiry] = useState<ExpiryName>('never')
  const [limits, setLimits] = useState(noLimits)
  const create = useMutation(
    trpc.keys.create.mutationOptions({ onSuccess: (made) => onCreated(made.secret) }),
  )
  // Limits are of sending; what was typed before the scope was taken away says nothing.
  const ownLimits = scopes.includes('ingest') ? limits : noLimits
  const isReady = name.trim() !== '' && scopes.length > 0 && areLimits(ownLimits)
  return (
    <form
      className="grid gap-3.5"
      onSubmit={(event) => {
        event.preventDefault()
        const expiresAt = toExpiry({ expiry, nowMs: Date.now() })
        if (isReady) {
          create.mutate({
            projectId,
            name: name.trim(),
            scopes: [...scopes],
            limits: toKeyLimits(ownLimits),
            ...(expiresAt === undefined ? {} : { expiresAt }),
          })
        }
      }}
    >
      <TextField
        label="Name"
        name="key-name"
        autoComplete="off"
        placeholder="support-prod"
        hint="Where it is used, so that one knows what breaks without it."
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <ScopeFields scopes={scopes} onChange={setScopes} />
      <SelectField label="Ends" value={expiry} onChange={setExpiry} options={expiryChoices} />
      {scopes.includes('ingest') ? <KeyLimitFields limits={limits} onChange={setLimits} /> : null}
      {create.error === null ? null : <Notice tone="warn">{toErrorMessage(create.error)}</Notice>}
      <div className="flex justify-end gap-2">
        <Button onClick={onCancel}>Cancel</Button>
        <Button variant="primary" type="submit" disabled={!isReady || create.isPending}>
          {create.isPending ? 'Creating' : 'Create the key'}
        </Button>
      </div>
    </form>
  )
}

function SecretOnce({ secret }: { secret: string }) {
  return (
    <>
      <p className="t2">It is stored as a hash only, so nobody can show it again.</p>
      <div className="well flex items-center gap-2">
        <code className="grow" style={{ overflowWrap: 'anywhere' }} data-testid="new-key-secret">
          {secret}
        </code>
        <CopyButton text={secret} />
      </div>
    </>
  )
}
