import type { ByteWriter } from './byte-writer.ts'

/**
 * A column of a block being built. Rows are set in rising order, each at most once; one that is not set holds
 * the type's default.
 */
export interface Column<Value> {
  /** The type on the wire. ClickHouse casts it to the table's where they differ. */
  readonly type: string
  /** Whether any row was set since the last reset. */
  readonly isUsed: boolean
  set(row: number, value: Value): void
  /** What some types write once, before everything that nests them. */
  writePrefix(out: ByteWriter): void
  /** Appends the values of the first `rows` rows. */
  write(out: ByteWriter, rows: number): void
  /** Forgets all rows, and keeps the room for as many. */
  reset(): void
}

/** Rows of a column that were set one after another, and the bytes of text among them. */
export interface Stretch {
  row: number
  rows: number
  byte: number
  bytes: number
}

/** A column that can say again what it said before, for what many rows share. */
export interface ItemColumn<Value> extends Column<Value> {
  /** Bytes of text so far; 0 where every value has the same width. */
  readonly textBytes: number
  /** Sets the rows from `row` on to what the rows of the stretch hold. */
  repeat(row: number, stretch: Stretch): void
}

type Values = Uint8Array | Uint16Array | Uint32Array | Float64Array | BigInt64Array

/** Fixed-width values of a row each, zero where none was set. */
export class Slots<Kind extends Values> {
  private readonly make: (length: number) => Kind
  private readonly width: number
  private values: Kind
  private capacity = 0
  private touched = 0

  /** `width` values a row. */
  constructor(make: (length: number) => Kind, width = 1) {
    this.make = make
    this.width = width
    this.values = make(0)
  }

  get isUsed(): boolean {
    return this.touched > 0
  }

  /** An array with room for the row, which the caller is about to set. */
  upTo(row: number): Kind {
    if (row >= this.touched) this.touched = row + 1
    if (row >= this.capacity) this.grow(row)
    return this.values
  }

  /** Sets the rows from `row` on to what `count` rows from `from` on hold. */
  repeat(row: number, from: number, count: number): void {
    const { width } = this
    this.upTo(row + count - 1).copyWithin(row * width, from * width, (from + count) * width)
  }

  bytes(rows: number): Uint8Array {
    if (rows > this.capacity) this.grow(rows)
    const { values } = this
    return new Uint8Array(values.buffer, 0, rows * this.width * values.BYTES_PER_ELEMENT)
  }

  reset(): void {
    new Uint8Array(this.values.buffer, 0, this.touched * this.width * this.values.BYTES_PER_ELEMENT).fill(0)
    this.touched = 0
  }

  private grow(row: number): void {
    this.capacity = Math.max(64, this.capacity)
    while (row >= this.capacity) this.capacity *= 2
    const grown = this.make(this.capacity * this.width)
    new Uint8Array(grown.buffer).set(new Uint8Array(this.values.buffer))
    this.values = grown
  }
}
