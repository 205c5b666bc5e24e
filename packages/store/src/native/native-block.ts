import { ByteWriter } from './byte-writer.ts'
import type { Column } from './column.ts'

/** A column as a block sees it: what it takes is between it and whoever fills it. */
type AnyColumn = Pick<Column<never>, 'type' | 'isUsed' | 'write'>

/**
 * Rows in ClickHouse's Native format: the counts of columns and rows, then each column's name, type and
 * values. Columns that no row has set are left out, and so to the table's default.
 */
export function toNativeBlock(args: {
  rows: number
  columns: { readonly [name: string]: AnyColumn }
}): Buffer {
  const used = Object.entries(args.columns).filter(([, column]) => column.isUsed)
  const out = new ByteWriter(64 * 1024)
  out.varint(used.length)
  out.varint(args.rows)
  for (const [name, column] of used) {
    out.text(name)
    out.text(column.type)
    column.write(out, args.rows)
  }
  return out.bytes()
}
