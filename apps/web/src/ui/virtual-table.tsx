'use client'

import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef, useState } from 'react'
import type { ReactNode } from 'react'

const rowHeightDefault = 28

export interface VirtualTableProps<Row> {
  label: string
  /** `grid-template-columns` of the head and of every row. */
  columns: string
  head: ReactNode
  rows: readonly Row[]
  rowKey: (row: Row) => string
  renderRow: (row: Row, index: number) => ReactNode
  /** Index of the row that the keyboard stands on; it is kept in view. */
  cursor?: number | undefined
  /** Called when the end comes into sight. */
  onEnd?: (() => void) | undefined
  /** Shown below the last row. */
  foot?: ReactNode
}

/** A table that draws only the rows in sight; rows are 28 px, 44 on touch. */
export function VirtualTable<Row>(props: VirtualTableProps<Row>) {
  const { rows, rowKey, cursor, onEnd } = props
  const scroller = useRef<HTMLDivElement>(null)
  const [rowHeight] = useState(readRowHeight)
  // oxlint-disable-next-line react/incompatible-library -- nothing here is memoised by a compiler
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    getItemKey: (index) => {
      const row = rows[index]
      return row === undefined ? index : rowKey(row)
    },
  })
  const items = virtualizer.getVirtualItems()
  const last = items.at(-1)?.index ?? -1
  useEffect(() => {
    if (onEnd !== undefined && rows.length > 0 && last >= rows.length - 5) onEnd()
  }, [last, rows.length, onEnd])
  useEffect(() => {
    if (cursor !== undefined) virtualizer.scrollToIndex(cursor, { align: 'auto' })
  }, [cursor, virtualizer])
  return (
    <div className="data-table flex-1" role="table" aria-label={props.label} aria-rowcount={rows.length}>
      <div role="rowgroup">
        <div className="tr tr-head" role="row" style={{ gridTemplateColumns: props.columns }}>
          {props.head}
        </div>
      </div>
      <div ref={scroller} className="data-table-scroll" role="rowgroup" tabIndex={-1}>
        <div role="presentation" style={{ height: virtualizer.getTotalSize(), position: 'relative' }}>
          {items.map((item) => {
            const row = rows[item.index]
            return (
              <div
                key={item.key}
                ref={virtualizer.measureElement}
                data-index={item.index}
                role="presentation"
                style={{
                  position: 'absolute',
                  insetInline: 0,
                  top: 0,
                  transform: `translateY(${item.start}px)`,
                }}
              >
                {row === undefined ? null : props.renderRow(row, item.index)}
              </div>
            )
          })}
        </div>
        {props.foot}
      </div>
    </div>
  )
}

/** The height of one row in pixels, as the density and the pointer have it. */
function readRowHeight(): number {
  if (typeof document === 'undefined') return rowHeightDefault
  const read = Number.parseInt(getComputedStyle(document.documentElement).getPropertyValue('--row'), 10)
  return Number.isFinite(read) ? read : rowHeightDefault
}
