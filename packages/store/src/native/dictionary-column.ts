import { ByteWriter } from './byte-writer.ts'
import { type ItemColumn, Slots, type Stretch } from './column.ts'

/** The one version of shared dictionaries that there is, as ClickHouse's `LowCardinality` writes it. */
const version = 1
/** The block brings its own keys, and they replace what was there. */
const keyFlags = 0x200 | 0x400

/** `LowCardinality(String)`: each distinct text once, and a number a row. */
export class DictionaryColumn implements ItemColumn<string> {
  readonly type = 'LowCardinality(String)'
  readonly textBytes = 0
  private readonly keys = new ByteWriter(0)
  private readonly numbers = new Map<string, number>()
  private readonly slots = new Slots((length) => new Uint32Array(length))
  private lastKey = ''
  private lastNumber = 0

  constructor() {
    this.reset()
  }

  get isUsed(): boolean {
    return this.slots.isUsed
  }

  set(row: number, value: string): void {
    if (value !== this.lastKey) {
      this.lastNumber = this.numberOf(value)
      this.lastKey = value
    }
    this.slots.upTo(row)[row] = this.lastNumber
  }

  repeat(at: number, { row, rows }: Stretch): void {
    this.slots.repeat(at, row, rows)
  }

  writePrefix(out: ByteWriter): void {
    out.uint64(version)
  }

  /** Nothing at all where there are no rows: so it is with columns that are nested. */
  write(out: ByteWriter, rows: number): void {
    if (rows === 0) return
    const count = this.numbers.size
    const [width, indexes] = this.indexes(rows, count)
    out.uint64(keyFlags | width)
    out.uint64(count)
    out.raw(this.keys.bytes())
    out.uint64(rows)
    out.raw(indexes)
  }

  /** Rows that are not set have number 0, the empty text. */
  reset(): void {
    this.numbers.clear()
    this.numbers.set('', 0)
    this.keys.reset()
    this.keys.text('')
    this.slots.reset()
    this.lastKey = ''
    this.lastNumber = 0
  }

  private numberOf(value: string): number {
    const known = this.numbers.get(value)
    if (known !== undefined) return known
    const number = this.numbers.size
    this.numbers.set(value, number)
    this.keys.text(value)
    return number
  }

  /** As narrow as the count of keys allows, with the name of that width: 0 for 8 bits, 1 for 16, 2 for 32. */
  private indexes(rows: number, count: number): [width: number, bytes: Uint8Array] {
    const bytes = this.slots.bytes(rows)
    if (count > 0xffff) return [2, bytes]
    const wide = new Uint32Array(bytes.buffer, 0, rows)
    return count > 0xff ? [1, new Uint8Array(new Uint16Array(wide).buffer)] : [0, new Uint8Array(wide)]
  }
}
