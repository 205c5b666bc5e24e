'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useKeys } from './use-keys.tsx'

/**
 * A keyboard cursor in a list: `j`, `k`, Enter. It follows its row, not its place, so that rows arriving above
 * don't move it to another one. Rows without a target, such as headings, are passed over.
 */
export function useRowCursor<Row>(options: {
  rows: readonly Row[]
  rowKey: (row: Row) => string
  toHref: (row: Row) => string | undefined
}): { index: number | undefined } {
  const { rows, rowKey, toHref } = options
  const router = useRouter()
  const [key, setKey] = useState<string | undefined>(undefined)
  const at = key === undefined ? -1 : rows.findIndex((row) => rowKey(row) === key)
  function step(by: 1 | -1) {
    let index = at === -1 && by === -1 ? rows.length : at
    for (;;) {
      index += by
      const row = rows[index]
      if (row === undefined) return
      if (toHref(row) !== undefined) {
        setKey(rowKey(row))
        return
      }
    }
  }
  function open() {
    const row = rows[at]
    const href = row === undefined ? undefined : toHref(row)
    if (href !== undefined) router.push(href)
  }
  useKeys([
    { keys: 'j', label: 'row', legend: true, run: () => step(1) },
    { keys: 'k', label: 'row', legend: true, run: () => step(-1) },
    { keys: 'Enter', label: 'open', legend: true, run: open },
  ])
  return { index: at === -1 ? undefined : at }
}
