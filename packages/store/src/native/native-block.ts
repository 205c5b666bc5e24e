import { ByteWriter } from './byte-writer.ts'
import type { Column } from './column.ts'

/** A column as a block sees it: what it takes is between it and whoever fills it. */
type AnyColumn = Omit<Column<never>, 'set'>
type NamedColumns = { readonly [name: string]: AnyColumn }

/**
 * Rows in ClickHouse's Native format: the counts of columns and rows, then each column's name, type and
 * values. A block is filled row by row, taken as bytes, and filled again: the room that it has grown is kept,
 * as a busy server would otherwise spend a sixth of its time on collecting it.
 */
export class NativeBlock {
  /** Rows that are complete; the number of the next one. */
  rows = 0
  private readonly columns: [name: string, column: AnyColumn][]
  private readonly own: AnyColumn[]
  private readonly out = new ByteWriter(0)

  /** `shared` are columns of the same rows that somebody else fills and empties; they come first. */
  constructor(own: NamedColumns, shared: NamedColumns = {}) {
    this.own = Object.values(own)
    this.columns = [...Object.entries(shared), ...Object.entries(own)]
  }

  /** Forgets all rows, also one that was left half-way. */
  clear(): void {
    this.rows = 0
    for (const column of this.own) column.reset()
  }

  /** The rows so far, in a buffer of the caller's own. Columns that none has set are left to their default. */
  take(): Buffer {
    const { out, rows } = this
    out.reset()
    const used = this.columns.filter(([, column]) => column.isUsed)
    out.varint(used.length)
    out.varint(rows)
    for (const [name, column] of used) {
      out.text(name)
      out.text(column.type)
      column.writePrefix(out)
      column.write(out, rows)
    }
    this.clear()
    return Buffer.from(out.bytes())
  }
}
