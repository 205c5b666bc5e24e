'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { formatCount } from '@clew/domain/format'
import { useTrpc } from '#lib/trpc.tsx'
import { TextField } from '#ui/field.tsx'
import { ListBody } from '#ui/list-body.tsx'
import { EmptyState } from '#ui/states.tsx'
import { Cell, HeadCell } from '#ui/table-cell.tsx'
import { formatRate } from './format-rate.ts'
import { Rate } from './own-price-table.tsx'
import { toPriceRows } from './to-price-rows.ts'
import type { PriceRow } from './to-price-rows.ts'

const columns = 'minmax(90px,130px) minmax(180px,1.4fr) 74px 74px 84px 84px minmax(180px,1fr)'
const shownMax = 60

/** The price table that comes with this version, with its source and its day. */
export function ListPrices() {
  const trpc = useTrpc()
  const table = useQuery(trpc.prices.table.queryOptions(undefined, { staleTime: Infinity }))
  const [search, setSearch] = useState('')
  const rows = table.data === undefined ? undefined : toPriceRows({ table: table.data, search })
  return (
    <section aria-labelledby="prices-list">
      <div className="settings-head">
        <h2 id="prices-list">List prices</h2>
        {table.data === undefined ? null : (
          <span className="t3">
            as of {table.data.sourceDate}, from {table.data.source}
          </span>
        )}
      </div>
      <div className="price-search">
        <TextField
          label="Find a model"
          type="search"
          placeholder="claude, gpt-5, nova"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
      </div>
      <div className="panel price-panel">
        <ListBody
          what="list prices"
          columns={columns}
          items={rows}
          error={table.error}
          onRetry={() => void table.refetch()}
          empty={<EmptyState title="No list price has that in its name" />}
        >
          {(items) => <PriceRows rows={items} />}
        </ListBody>
      </div>
    </section>
  )
}

function PriceRows({ rows }: { rows: readonly PriceRow[] }) {
  const rest = rows.length - shownMax
  return (
    <div role="table" aria-labelledby="prices-list">
      <div className="tr tr-head" role="row" style={{ gridTemplateColumns: columns }}>
        <HeadCell>Provider</HeadCell>
        <HeadCell>Model</HeadCell>
        <HeadCell num>Input</HeadCell>
        <HeadCell num>Output</HeadCell>
        <HeadCell num>Cache read</HeadCell>
        <HeadCell num>Cache write</HeadCell>
        <HeadCell>Where it differs</HeadCell>
      </div>
      <div role="rowgroup">
        {rows.slice(0, shownMax).map((row) => (
          <div key={row.key} className="tr" role="row" style={{ gridTemplateColumns: columns }}>
            <Cell className="t2">{row.provider}</Cell>
            <Cell title={row.model}>{row.model}</Cell>
            <Cell num>{formatRate(row.rates.input)}</Cell>
            <Cell num>{formatRate(row.rates.output)}</Cell>
            <Rate rate={row.rates.cacheRead} as="As input" />
            <Rate rate={row.rates.cacheWrite} as="As input" />
            <Cell className="t3" title={row.remarks}>
              {row.remarks}
            </Cell>
          </div>
        ))}
      </div>
      {rest > 0 ? (
        <p className="small t3 price-rest">and {formatCount(rest)} more; name one to find it</p>
      ) : null}
    </div>
  )
}
