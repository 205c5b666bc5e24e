import type { ByteWriter } from './byte-writer.ts'
import { type Column, Slots } from './column.ts'
import { TextColumn } from './scalar-columns.ts'

/** `Nullable`: rows that are not set are null. */
export class NullableColumn<Value> implements Column<Value> {
  readonly type: string
  private readonly present = new Slots((length) => new Uint8Array(length))
  private readonly inner: Column<Value>

  constructor(inner: Column<Value>) {
    this.inner = inner
    this.type = `Nullable(${inner.type})`
  }

  get isUsed(): boolean {
    return this.inner.isUsed
  }

  set(row: number, value: Value): void {
    this.present.upTo(row)[row] = 1
    this.inner.set(row, value)
  }

  write(out: ByteWriter, rows: number): void {
    out.raw(this.present.bytes(rows).map((isPresent) => 1 - isPresent))
    this.inner.write(out, rows)
  }
}

/** Where the items of each row end, counted over all rows. */
class Offsets {
  count = 0
  private readonly ends = new Slots((length) => new Float64Array(length))
  private filled = 0

  get isUsed(): boolean {
    return this.filled > 0
  }

  add(row: number, items: number): void {
    const ends = this.ends.upTo(row)
    for (; this.filled < row; this.filled++) ends[this.filled] = this.count
    this.count += items
    ends[row] = this.count
    this.filled = row + 1
  }

  write(out: ByteWriter, rows: number): void {
    const ends = this.ends.upTo(rows)
    for (; this.filled < rows; this.filled++) ends[this.filled] = this.count
    const wide = new Uint32Array(rows * 2)
    for (let row = 0; row < rows; row++) wide[row * 2] = ends[row] ?? 0
    out.raw(new Uint8Array(wide.buffer))
  }
}

/** `Array`. */
export class ArrayColumn<Value> implements Column<readonly Value[]> {
  readonly type: string
  private readonly offsets = new Offsets()
  private readonly inner: Column<Value>

  constructor(inner: Column<Value>) {
    this.inner = inner
    this.type = `Array(${inner.type})`
  }

  get isUsed(): boolean {
    return this.offsets.isUsed
  }

  set(row: number, values: readonly Value[]): void {
    let at = this.offsets.count
    for (const value of values) this.inner.set(at++, value)
    this.offsets.add(row, values.length)
  }

  write(out: ByteWriter, rows: number): void {
    this.offsets.write(out, rows)
    this.inner.write(out, this.offsets.count)
  }
}

/** `Map` from text. Entries of a row are put one after another. */
export class MapColumn<Value> implements Column<{ readonly [key: string]: Value }> {
  readonly type: string
  private readonly offsets = new Offsets()
  private readonly keys = new TextColumn()
  private readonly inner: Column<Value>

  constructor(inner: Column<Value>) {
    this.inner = inner
    this.type = `Map(String, ${inner.type})`
  }

  get isUsed(): boolean {
    return this.offsets.isUsed
  }

  put(row: number, key: string, value: Value): void {
    this.keys.set(this.offsets.count, key)
    this.inner.set(this.offsets.count, value)
    this.offsets.add(row, 1)
  }

  set(row: number, map: { readonly [key: string]: Value }): void {
    for (const key in map) {
      const value = map[key]
      if (value !== undefined) this.put(row, key, value)
    }
  }

  write(out: ByteWriter, rows: number): void {
    this.offsets.write(out, rows)
    this.keys.write(out, this.offsets.count)
    this.inner.write(out, this.offsets.count)
  }
}
