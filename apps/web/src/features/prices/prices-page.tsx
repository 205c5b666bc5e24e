'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTrpc } from '#lib/trpc.tsx'
import { useProject } from '#shell/project-context.tsx'
import { Button } from '#ui/button.tsx'
import { Icon } from '#ui/icon.tsx'
import { ListBody } from '#ui/list-body.tsx'
import { EmptyState } from '#ui/states.tsx'
import { DeletePriceDialog } from './delete-price-dialog.tsx'
import { ListPrices } from './list-prices.tsx'
import { OwnPriceTable, ownColumns } from './own-price-table.tsx'
import type { OwnPrice } from './own-price-table.tsx'
import { PriceDialog } from './price-dialog.tsx'
import type { PriceDraft } from './price-draft.ts'
import { UsedModelTable, usedColumns } from './used-model-table.tsx'

/** What models cost this project: those it calls, its own prices, and the list prices behind them. */
export function PricesPage() {
  const trpc = useTrpc()
  const { id: projectId } = useProject()
  const used = useQuery(trpc.prices.used.queryOptions({ projectId }))
  const [draft, setDraft] = useState<PriceDraft | undefined>(undefined)
  const [leaving, setLeaving] = useState<OwnPrice | undefined>(undefined)
  return (
    <>
      <section aria-labelledby="prices-used">
        <div className="settings-head">
          <h2 id="prices-used">Models that this project calls</h2>
          <span className="t3">those without a price first; US dollars per million tokens</span>
          <span className="grow" />
          <Button variant="primary" onClick={() => setDraft({})}>
            <Icon name="plus" size={14} /> Set a price
          </Button>
        </div>
        <div className="panel price-panel">
          <ListBody
            what="models"
            columns={usedColumns}
            items={used.data}
            error={used.error}
            onRetry={() => void used.refetch()}
            empty={<EmptyState title="No run has called a model yet" />}
          >
            {(models) => <UsedModelTable models={models} onPrice={setDraft} />}
          </ListBody>
        </div>
      </section>
      <OwnPrices onSet={() => setDraft({})} onDelete={setLeaving} />
      <ListPrices />
      <PriceDialog draft={draft} onClose={() => setDraft(undefined)} />
      <DeletePriceDialog price={leaving} onClose={() => setLeaving(undefined)} />
    </>
  )
}

function OwnPrices({ onSet, onDelete }: { onSet: () => void; onDelete: (price: OwnPrice) => void }) {
  const trpc = useTrpc()
  const { id: projectId } = useProject()
  const own = useQuery(trpc.prices.list.queryOptions({ projectId }))
  return (
    <section aria-labelledby="prices-own">
      <div className="settings-head">
        <h2 id="prices-own">Prices of this project</h2>
        <span className="t3">over the list prices, for spans from their day on; stored costs stay</span>
      </div>
      <div className="panel price-panel">
        <ListBody
          what="prices"
          columns={ownColumns}
          items={own.data}
          error={own.error}
          onRetry={() => void own.refetch()}
          empty={
            <EmptyState
              title="List prices hold for every model"
              actions={<Button onClick={onSet}>Set a price</Button>}
            >
              Set one where a contract says otherwise, or for a model of your own.
            </EmptyState>
          }
        >
          {(prices) => <OwnPriceTable prices={prices} onDelete={onDelete} />}
        </ListBody>
      </div>
    </section>
  )
}
