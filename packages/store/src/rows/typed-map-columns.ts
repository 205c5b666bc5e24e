import type { AttributeMap, AttributeValue } from '@clew/semconv/span'
import { MapColumn } from '../native/nested-columns.ts'
import { BigintColumn, NumberColumn, TextColumn } from '../native/scalar-columns.ts'
import { encodeAnyValue } from './any-value.ts'

const int64Max = 2n ** 63n - 1n
const int64Min = -(2n ** 63n)

/** Attributes by type. `json` takes what the other four cannot. */
export class TypedMapColumns {
  private readonly text = new MapColumn(new TextColumn())
  private readonly int = new MapColumn(new BigintColumn('Int64'))
  private readonly double = new MapColumn(new NumberColumn('Float64'))
  private readonly bool = new MapColumn(new NumberColumn('UInt8'))
  private readonly json = new MapColumn(new TextColumn())
  private readonly all = [this.text, this.int, this.double, this.bool, this.json] as const

  put(row: number, key: string, value: AttributeValue): void {
    if (typeof value === 'string') this.text.put(row, key, value)
    else if (typeof value === 'boolean') this.bool.put(row, key, value ? 1 : 0)
    else if (typeof value === 'bigint' && value <= int64Max && value >= int64Min)
      this.int.put(row, key, value)
    else if (typeof value === 'number' && Number.isFinite(value) && !Object.is(value, -0))
      this.double.put(row, key, value)
    else this.json.put(row, key, encodeAnyValue(value))
  }

  /** Puts a map that many rows share, as those of one resource do. */
  putAll(row: number, map: AttributeMap): void {
    let isKnown = false
    for (const column of this.all) isKnown = column.repeat(row, map)
    if (isKnown) return
    const starts = this.all.map((column) => column.startStretch())
    for (const key in map) {
      const value = map[key]
      if (value !== undefined) this.put(row, key, value)
    }
    for (const [index, start] of starts.entries()) this.all[index]?.remember(map, start)
  }

  /** The columns by their names, `<prefix>_string` and so on. */
  named(prefix: string): { [name: string]: MapColumn<string> | MapColumn<bigint> | MapColumn<number> } {
    return {
      [`${prefix}_string`]: this.text,
      [`${prefix}_int`]: this.int,
      [`${prefix}_double`]: this.double,
      [`${prefix}_bool`]: this.bool,
      [`${prefix}_json`]: this.json,
    }
  }
}
