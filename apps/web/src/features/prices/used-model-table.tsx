import type { inferOutput } from '@trpc/tanstack-react-query'
import { formatCount } from '@clew/domain/format'
import type { Trpc } from '#lib/trpc.tsx'
import { Button } from '#ui/button.tsx'
import { Icon } from '#ui/icon.tsx'
import { NotRecorded, Time } from '#ui/numbers.tsx'
import { Cell, HeadCell } from '#ui/table-cell.tsx'
import { formatRate } from './format-rate.ts'
import type { PriceDraft } from './price-draft.ts'

type UsedModel = inferOutput<Trpc['prices']['used']>[number]

export const usedColumns =
  'minmax(140px,1.4fr) minmax(64px,100px) 52px 84px 60px 60px minmax(150px,1.2fr) 78px 96px'

/** One row a model; an amber mark where calls stayed without a cost. */
export function UsedModelTable(props: {
  models: readonly UsedModel[]
  onPrice: (draft: PriceDraft) => void
}) {
  return (
    <div role="table" aria-labelledby="prices-used">
      <div className="tr tr-head" role="row" style={{ gridTemplateColumns: usedColumns }}>
        <HeadCell>Model</HeadCell>
        <HeadCell>Provider</HeadCell>
        <HeadCell num>Calls</HeadCell>
        <HeadCell num>Tokens</HeadCell>
        <HeadCell num>Input</HeadCell>
        <HeadCell num>Output</HeadCell>
        <HeadCell>Priced by</HeadCell>
        <HeadCell>Last seen</HeadCell>
        <HeadCell label="Actions" />
      </div>
      <div role="rowgroup">
        {props.models.map((used) => (
          <UsedRow key={used.model} used={used} onPrice={props.onPrice} />
        ))}
      </div>
    </div>
  )
}

function UsedRow({ used, onPrice }: { used: UsedModel; onPrice: (draft: PriceDraft) => void }) {
  const { model, provider, price } = used
  return (
    <div
      className="tr settings-key"
      role="row"
      style={{ gridTemplateColumns: usedColumns }}
      data-model={model}
    >
      <Cell className="med" title={model}>
        {model}
      </Cell>
      <Cell className="t2">{provider ?? <NotRecorded className="" />}</Cell>
      <Cell num>{formatCount(used.callCount)}</Cell>
      <Cell num className="t2">
        {formatCount(used.inputTokens + used.outputTokens)}
      </Cell>
      <Cell num>
        {price === undefined ? <NotRecorded title="No price" /> : formatRate(price.rates.input)}
      </Cell>
      <Cell num>
        {price === undefined ? <NotRecorded title="No price" /> : formatRate(price.rates.output)}
      </Cell>
      <Cell>
        <PricedBy used={used} />
      </Cell>
      <Cell className="t2">
        <Time unixNano={used.lastSeenUnixNano} as="ago" />
      </Cell>
      <span role="cell" className="num">
        <Button
          variant="ghost"
          aria-label={`Set a price for ${model}`}
          onClick={() => onPrice({ model, ...(provider === undefined ? {} : { provider }) })}
        >
          Set a price
        </Button>
      </span>
    </div>
  )
}

function PricedBy({ used: { price, unpricedCount } }: { used: UsedModel }) {
  if (price === undefined) {
    return (
      <span className="status st-warn">
        <Icon name="warn" size={14} /> {unpricedCount === 0 ? 'what the app reports' : 'no price'}
      </span>
    )
  }
  return (
    <span className="t2">
      {price.version.startsWith('project-') ? 'this project' : 'list price'}
      {unpricedCount === 0 ? null : (
        <span className="t3">
          , {formatCount(unpricedCount)} {unpricedCount === 1 ? 'call' : 'calls'} before it
        </span>
      )}
    </span>
  )
}
