'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { toErrorMessage, useTrpc } from '#lib/trpc.tsx'
import { useProject } from '#shell/project-context.tsx'
import { Button } from '#ui/button.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { Notice } from '#ui/states.tsx'
import type { OwnPrice } from './own-price-table.tsx'

/** Asks before a price is taken back. */
export function DeletePriceDialog({ price, onClose }: { price: OwnPrice | undefined; onClose: () => void }) {
  const trpc = useTrpc()
  const cache = useQueryClient()
  const { id: projectId } = useProject()
  const remove = useMutation(
    trpc.prices.delete.mutationOptions({
      onSuccess: () => {
        void cache.invalidateQueries({ queryKey: trpc.prices.pathKey() })
        onClose()
      },
    }),
  )
  return (
    <Dialog
      title={`Take back the price of “${price?.model ?? ''}”?`}
      isOpen={price !== undefined}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Keep it</Button>
          <Button
            variant="danger"
            disabled={remove.isPending}
            onClick={() => {
              if (price !== undefined) remove.mutate({ projectId, priceId: price.id })
            }}
          >
            Take it back
          </Button>
        </>
      }
    >
      <p>
        Spans that arrive from now on are priced by what stood before it. Costs that are stored already stay
        as they are.
      </p>
      {remove.error === null ? null : <Notice tone="warn">{toErrorMessage(remove.error)}</Notice>}
    </Dialog>
  )
}
