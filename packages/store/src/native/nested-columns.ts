import type { ByteWriter } from './byte-writer.ts'
import { type Column, type ItemColumn, Slots, type Stretch } from './column.ts'
import { DictionaryColumn } from './dictionary-column.ts'

/** `Nullable`: rows that are not set are null. */
export class NullableColumn<Value> implements Column<Value> {
  readonly type: string
  private readonly inner: Column<Value>
  private readonly present = new Slots((length) => new Uint8Array(length))

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

  writePrefix(out: ByteWriter): void {
    this.inner.writePrefix(out)
  }

  write(out: ByteWriter, rows: number): void {
    const isNull = this.present.bytes(rows).slice()
    for (let row = 0; row < rows; row++) isNull[row] = 1 - (isNull[row] ?? 0)
    out.raw(isNull)
    this.inner.write(out, rows)
  }

  reset(): void {
    this.present.reset()
    this.inner.reset()
  }
}

/** Where the items of each row end, counted over all rows. */
class Offsets {
  count = 0
  private readonly ends = new Slots((length) => new Uint32Array(length), 2)
  private filled = 0

  get isUsed(): boolean {
    return this.filled > 0
  }

  add(row: number, items: number): void {
    const ends = this.ends.upTo(row)
    for (; this.filled < row; this.filled++) ends[this.filled * 2] = this.count
    this.count += items
    ends[row * 2] = this.count
    this.filled = row + 1
  }

  write(out: ByteWriter, rows: number): void {
    if (rows > this.filled) this.add(rows - 1, 0)
    out.raw(this.ends.bytes(rows))
  }

  reset(): void {
    this.ends.reset()
    this.count = 0
    this.filled = 0
  }
}

/** `Array`. */
export class ArrayColumn<Value> implements Column<readonly Value[]> {
  readonly type: string
  private readonly inner: Column<Value>
  private readonly offsets = new Offsets()

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

  writePrefix(out: ByteWriter): void {
    this.inner.writePrefix(out)
  }

  write(out: ByteWriter, rows: number): void {
    this.offsets.write(out, rows)
    this.inner.write(out, this.offsets.count)
  }

  reset(): void {
    this.offsets.reset()
    this.inner.reset()
  }
}

/** `Map` from text. Entries of a row are put one after another; a map that many rows share is put once and repeated. */
export class MapColumn<Value> implements Column<{ readonly [key: string]: Value }> {
  readonly type: string
  private readonly inner: ItemColumn<Value>
  private readonly offsets = new Offsets()
  private readonly keys = new DictionaryColumn()
  private readonly shared = new Map<object, Stretch>()

  constructor(inner: ItemColumn<Value>) {
    this.inner = inner
    this.type = `Map(${this.keys.type}, ${inner.type})`
  }

  get isUsed(): boolean {
    return this.offsets.isUsed
  }

  put(row: number, key: string, value: Value): void {
    const item = this.offsets.count
    this.keys.set(item, key)
    this.inner.set(item, value)
    this.offsets.add(row, 1)
  }

  set(row: number, map: { readonly [key: string]: Value }): void {
    if (this.repeat(row, map)) return
    const start = this.startStretch()
    for (const key in map) {
      const value = map[key]
      if (value !== undefined) this.put(row, key, value)
    }
    this.remember(map, start)
  }

  startStretch(): Stretch {
    return { row: this.offsets.count, rows: 0, byte: this.inner.textBytes, bytes: 0 }
  }

  /** What was put since the start of the stretch is what the object says, until the next reset. */
  remember(map: object, { row, byte }: Stretch): void {
    const stretch = { row, rows: this.offsets.count - row, byte, bytes: this.inner.textBytes - byte }
    this.shared.set(map, stretch)
  }

  /** Puts what was put for the same object before; false where it was not seen. */
  repeat(row: number, map: object): boolean {
    const stretch = this.shared.get(map)
    if (stretch === undefined) return false
    if (stretch.rows === 0) return true
    const at = this.offsets.count
    this.keys.repeat(at, stretch)
    this.inner.repeat(at, stretch)
    this.offsets.add(row, stretch.rows)
    return true
  }

  writePrefix(out: ByteWriter): void {
    this.keys.writePrefix(out)
    this.inner.writePrefix(out)
  }

  write(out: ByteWriter, rows: number): void {
    this.offsets.write(out, rows)
    this.keys.write(out, this.offsets.count)
    this.inner.write(out, this.offsets.count)
  }

  reset(): void {
    this.offsets.reset()
    this.keys.reset()
    this.inner.reset()
    this.shared.clear()
  }
}
