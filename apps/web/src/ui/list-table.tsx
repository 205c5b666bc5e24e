'use client'

import type { ReactNode } from 'react'
import { useRowCursor } from '#lib/use-row-cursor.ts'
import { VirtualTable } from './virtual-table.tsx'

/** A table of things that open: rows link, `j` and `k` step, Enter opens. */
export function ListTable<Row>(props: {
  label: string
  columns: string
  head: ReactNode
  rows: readonly Row[]
  rowKey: (row: Row) => string
  toHref: (row: Row) => string
  /** The cells of a row; one of them is a `LinkCell` to `href`. */
  renderCells: (row: Row, href: string) => ReactNode
  onEnd?: (() => void) | undefined
  foot?: ReactNode
}) {
  const { rows, rowKey, toHref, renderCells, columns } = props
  const cursor = useRowCursor({ rows, rowKey, toHref })
  return (
    <VirtualTable
      label={props.label}
      columns={columns}
      head={props.head}
      rows={rows}
      rowKey={rowKey}
      cursor={cursor.index}
      onEnd={props.onEnd}
      foot={props.foot}
      renderRow={(row, index) => (
        <div
          className="tr tr-link"
          role="row"
          data-cursor={index === cursor.index}
          style={{ gridTemplateColumns: columns }}
        >
          {renderCells(row, toHref(row))}
        </div>
      )}
    />
  )
}
