'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { toErrorMessage, useTrpc } from '#lib/trpc.tsx'
import { useProject } from '#shell/project-context.tsx'
import { Button } from '#ui/button.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { TextField } from '#ui/field.tsx'
import { Notice } from '#ui/states.tsx'
import { toForm, toWanted } from './price-draft.ts'
import type { PriceDraft, PriceForm } from './price-draft.ts'

/** A price of the project's own, for a model and from a day on. */
export function PriceDialog({ draft, onClose }: { draft: PriceDraft | undefined; onClose: () => void }) {
  return (
    <Dialog title="Set a price" isOpen={draft !== undefined} onClose={onClose}>
      {draft === undefined ? null : <PriceFields draft={draft} onClose={onClose} />}
    </Dialog>
  )
}

function PriceFields({ draft, onClose }: { draft: PriceDraft; onClose: () => void }) {
  const { id: projectId } = useProject()
  const [form, setForm] = useState(() => toForm(draft))
  const create = useCreate(onClose)
  const wanted = toWanted(form)
  const field = (key: keyof PriceForm) => ({
    value: form[key],
    onChange: (event: { target: { value: string } }) => setForm({ ...form, [key]: event.target.value }),
  })
  const rate = (key: keyof PriceForm) => ({
    ...field(key),
    inputMode: 'decimal' as const,
    autoComplete: 'off',
  })
  return (
    <form
      className="grid gap-3.5"
      onSubmit={(event) => {
        event.preventDefault()
        if (wanted !== undefined) create.mutate({ projectId, ...wanted })
      }}
    >
      <TextField
        label="Model"
        autoComplete="off"
        placeholder="our-model-7b"
        hint="As spans name it; a * at its end stands for any ending."
        {...field('model')}
      />
      <TextField
        label="Provider"
        autoComplete="off"
        placeholder="any"
        hint="Only where another provider sells it at another price."
        {...field('provider')}
      />
      <div className="three-fields">
        <TextField label="Input" placeholder="2.50" {...rate('input')} />
        <TextField label="Output" placeholder="10" {...rate('output')} />
        <TextField label="Cache read" placeholder="as input" {...rate('cacheRead')} />
        <TextField label="Cache write" placeholder="as input" {...rate('cacheWrite')} />
        <TextField label="Reasoning" placeholder="as output" {...rate('reasoning')} />
        <TextField label="In force from" type="date" {...field('from')} />
      </div>
      <p className="small t3">
        US dollars per million tokens. Without a day it holds from now on. Costs that are stored already stay
        as they are.
      </p>
      {create.error === null ? null : <Notice tone="warn">{toErrorMessage(create.error)}</Notice>}
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button variant="primary" type="submit" disabled={wanted === undefined || create.isPending}>
          {create.isPending ? 'Saving' : 'Set the price'}
        </Button>
      </div>
    </form>
  )
}

function useCreate(onDone: () => void) {
  const trpc = useTrpc()
  const cache = useQueryClient()
  return useMutation(
    trpc.prices.create.mutationOptions({
      onSuccess: () => {
        void cache.invalidateQueries({ queryKey: trpc.prices.pathKey() })
        onDone()
      },
    }),
  )
}
