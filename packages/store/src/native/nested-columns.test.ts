import { describe, expect, it } from 'vitest'
import { ByteWriter } from './byte-writer.ts'
import type { ItemColumn } from './column.ts'
import { DictionaryColumn } from './dictionary-column.ts'
import { MapColumn } from './nested-columns.ts'
import { BigintColumn, TextColumn } from './scalar-columns.ts'

type Rows<Value> = readonly (readonly [row: number, map: { readonly [key: string]: Value }])[]

function bytesOf<Value>(column: MapColumn<Value>, rows: Rows<Value>): Buffer {
  column.reset()
  for (const [row, map] of rows) column.set(row, map)
  const out = new ByteWriter(0)
  column.writePrefix(out)
  column.write(out, 9)
  return Buffer.from(out.bytes())
}

/** Rows with gaps between them, maps that come again after others, and the same in the next block. */
function blocksOf<Value>(
  inner: ItemColumn<Value>,
  [one, two, three]: readonly [Value, Value, Value],
): { copied: Buffer; shared: Buffer[] } {
  const shared = { a: one, b: two, c: one }
  const other = { b: three }
  const rows: Rows<Value> = [
    [1, shared],
    [2, {}],
    [3, other],
    [5, shared],
    [6, other],
    [7, shared],
  ]
  const copies = rows.map(([row, map]) => [row, { ...map }] as const)
  const column = new MapColumn(inner)
  return { copied: bytesOf(column, copies), shared: [bytesOf(column, rows), bytesOf(column, rows)] }
}

describe('a map column', () => {
  it('writes a map that many rows share as it writes copies of it', () => {
    for (const { copied, shared } of [
      blocksOf(new TextColumn(), ['x', 'é'.repeat(200), '']),
      blocksOf(new DictionaryColumn(), ['x', 'é'.repeat(200), '']),
      blocksOf(new BigintColumn('Int64'), [1n, -1n, 2n ** 62n]),
    ]) {
      expect(shared).toEqual([copied, copied])
    }
  })
})
