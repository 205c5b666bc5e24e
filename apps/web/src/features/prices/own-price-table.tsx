import { toUnixNano } from '@clew/domain'
import type { inferOutput } from '@trpc/tanstack-react-query'
import type { Trpc } from '#lib/trpc.tsx'
import { Button } from '#ui/button.tsx'
import { NotRecorded, Time } from '#ui/numbers.tsx'
import { Cell, HeadCell } from '#ui/table-cell.tsx'
import { formatRate } from './format-rate.ts'

export type OwnPrice = inferOutput<Trpc['prices']['list']>[number]

export const ownColumns =
  'minmax(130px,1.4fr) minmax(64px,90px) 56px 60px 80px 84px 76px 108px minmax(80px,1fr) 92px'

/** One row a price, newest first: what stands above wins for the same model. */
export function OwnPriceTable(props: { prices: readonly OwnPrice[]; onDelete: (price: OwnPrice) => void }) {
  return (
    <div role="table" aria-labelledby="prices-own">
      <div className="tr tr-head" role="row" style={{ gridTemplateColumns: ownColumns }}>
        <HeadCell>Model</HeadCell>
        <HeadCell>Provider</HeadCell>
        <HeadCell num>Input</HeadCell>
        <HeadCell num>Output</HeadCell>
        <HeadCell num>Cache read</HeadCell>
        <HeadCell num>Cache write</HeadCell>
        <HeadCell num>Reasoning</HeadCell>
        <HeadCell>In force from</HeadCell>
        <HeadCell>Set by</HeadCell>
        <HeadCell label="Actions" />
      </div>
      <div role="rowgroup">
        {props.prices.map((price) => (
          <div
            key={price.id}
            className="tr settings-key"
            role="row"
            style={{ gridTemplateColumns: ownColumns }}
            data-price={price.model}
          >
            <Cell className="med">{price.model}</Cell>
            <Cell className="t2">{price.provider ?? 'any'}</Cell>
            <Cell num>{formatRate(price.input)}</Cell>
            <Cell num>{formatRate(price.output)}</Cell>
            <Rate rate={price.cacheRead} as="As input" />
            <Rate rate={price.cacheWrite} as="As input" />
            <Rate rate={price.reasoning} as="As output" />
            <Cell className="t2">
              <Time unixNano={toUnixNano(Date.parse(price.inForceFrom))} />
            </Cell>
            <Cell className="t3">{price.setBy}</Cell>
            <span role="cell" className="num">
              <Button
                variant="ghost"
                aria-label={`Take back the price of ${price.model}`}
                onClick={() => props.onDelete(price)}
              >
                Take back
              </Button>
            </span>
          </div>
        ))}
      </div>
    </div>
  )
}

/** A rate, or what stands in for it in the title. */
export function Rate({ rate, as }: { rate: number | undefined; as: string }) {
  return <Cell num>{rate === undefined ? <NotRecorded title={as} /> : formatRate(rate)}</Cell>
}
