import type { ByteWriter } from './byte-writer.ts'

/**
 * A column of a block being built. Rows are set in rising order, each at most once; one that is not set holds
 * the type's default.
 */
export interface Column<Value> {
  /** The type on the wire. ClickHouse casts it to the table's, so `String` feeds `LowCardinality(String)`. */
  readonly type: string
  /** Whether any row was set. */
  readonly isUsed: boolean
  set(row: number, value: Value): void
  /** Appends the values of the first `rows` rows. */
  write(out: ByteWriter, rows: number): void
}

/** Fixed-width values of a row each, zero where none was set. */
export class Slots<Values extends Uint8Array | Uint16Array | Uint32Array | Float64Array | BigInt64Array> {
  private readonly make: (length: number) => Values
  private readonly width: number
  private values: Values
  private capacity = 0

  /** `width` values a row. */
  constructor(make: (length: number) => Values, width = 1) {
    this.make = make
    this.width = width
    this.values = make(0)
  }

  get isUsed(): boolean {
    return this.capacity > 0
  }

  /** An array with room for the row. */
  upTo(row: number): Values {
    if (row < this.capacity) return this.values
    this.capacity = Math.max(64, this.capacity)
    while (row >= this.capacity) this.capacity *= 2
    const grown = this.make(this.capacity * this.width)
    copyInto(grown, this.values)
    this.values = grown
    return grown
  }

  bytes(rows: number): Uint8Array {
    const values = this.upTo(rows)
    return new Uint8Array(values.buffer, 0, rows * this.width * values.BYTES_PER_ELEMENT)
  }
}

function copyInto(target: ArrayBufferView, source: ArrayBufferView): void {
  new Uint8Array(target.buffer).set(new Uint8Array(source.buffer))
}
