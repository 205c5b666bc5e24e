import { ByteWriter } from './byte-writer.ts'
import { type ItemColumn, Slots, type Stretch } from './column.ts'

/** `String`. */
export class TextColumn implements ItemColumn<string> {
  readonly type = 'String'
  private readonly texts = new ByteWriter(0)
  private filled = 0

  get isUsed(): boolean {
    return this.filled > 0
  }

  get textBytes(): number {
    return this.texts.length
  }

  set(row: number, value: string): void {
    if (row > this.filled) this.texts.zeros(row - this.filled)
    this.texts.text(value)
    this.filled = row + 1
  }

  protected setJoined(row: number, prefix: string, value: string): void {
    if (row > this.filled) this.texts.zeros(row - this.filled)
    this.texts.joinedText(prefix, value)
    this.filled = row + 1
  }

  repeat(row: number, { rows, byte, bytes }: Stretch): void {
    if (row > this.filled) this.texts.zeros(row - this.filled)
    this.texts.repeat(byte, bytes)
    this.filled = row + rows
  }

  writePrefix(): void {}

  write(out: ByteWriter, rows: number): void {
    out.raw(this.texts.bytes())
    out.zeros(rows - this.filled)
  }

  reset(): void {
    this.texts.reset()
    this.filled = 0
  }
}

type Kinds = Uint8Array | Uint16Array | Uint32Array | Float64Array | BigInt64Array

/** Values of a fixed width; what each kind adds is how one is set. */
class FixedWidth<Kind extends Kinds> {
  readonly type: string
  readonly textBytes = 0
  protected readonly slots: Slots<Kind>

  constructor(type: string, slots: Slots<Kind>) {
    this.type = type
    this.slots = slots
  }

  get isUsed(): boolean {
    return this.slots.isUsed
  }

  repeat(at: number, { row, rows }: Stretch): void {
    this.slots.repeat(at, row, rows)
  }

  writePrefix(): void {}

  write(out: ByteWriter, rows: number): void {
    out.raw(this.slots.bytes(rows))
  }

  reset(): void {
    this.slots.reset()
  }
}

/** `FixedString`: text of exactly `width` ASCII characters. */
export class FixedTextColumn extends FixedWidth<Uint8Array> implements ItemColumn<string> {
  private readonly width: number

  constructor(width: number) {
    super(`FixedString(${width})`, new Slots((length) => new Uint8Array(length), width))
    this.width = width
  }

  set(row: number, value: string): void {
    const { width } = this
    const target = this.slots.upTo(row)
    const start = row * width
    for (let at = 0; at < width; at++) target[start + at] = value.charCodeAt(at)
  }
}

const arrays = {
  UInt8: (length: number) => new Uint8Array(length),
  UInt16: (length: number) => new Uint16Array(length),
  UInt32: (length: number) => new Uint32Array(length),
  Float64: (length: number) => new Float64Array(length),
}

/** Numbers of up to 32 bits, and doubles; `type` names one that is kept in the same bits, such as `Date`. */
export class NumberColumn
  extends FixedWidth<Uint8Array | Uint16Array | Uint32Array | Float64Array>
  implements ItemColumn<number>
{
  constructor(bits: keyof typeof arrays, type: string = bits) {
    super(type, new Slots<Uint8Array | Uint16Array | Uint32Array | Float64Array>(arrays[bits]))
  }

  set(row: number, value: number): void {
    this.slots.upTo(row)[row] = value
  }
}

/** `UInt64` of whole numbers that a double holds exactly; `type` names one that is kept in the same bits. */
export class CountColumn extends FixedWidth<Uint32Array> implements ItemColumn<number> {
  constructor(type = 'UInt64') {
    super(type, new Slots((length) => new Uint32Array(length), 2))
  }

  set(row: number, value: number): void {
    const target = this.slots.upTo(row)
    target[row * 2] = value >>> 0
    target[row * 2 + 1] = Math.floor(value / 0x1_0000_0000)
  }
}

/** 64 bits, as `BigintColumn`, of text of up to 20 decimal digits: exact as doubles, and faster than bigints. */
export class DecimalColumn extends FixedWidth<Uint32Array> implements ItemColumn<string> {
  constructor(type: string) {
    super(type, new Slots((length) => new Uint32Array(length), 2))
  }

  set(row: number, value: string): void {
    const point = Math.max(0, value.length - 9)
    const billions = digitsOf(value, 0, point)
    // In units of 2^16, and what is left of them.
    const upper = Math.floor(billions / 0x1_0000) * 1e9
    const lower = (billions % 0x1_0000) * 1e9 + digitsOf(value, point, value.length)
    const low = (upper % 0x1_0000) * 0x1_0000 + lower
    const target = this.slots.upTo(row)
    target[row * 2] = low >>> 0
    target[row * 2 + 1] = Math.floor(upper / 0x1_0000) + Math.floor(low / 0x1_0000_0000)
  }
}

function digitsOf(text: string, from: number, until: number): number {
  let value = 0
  for (let at = from; at < until; at++) value = value * 10 + (text.charCodeAt(at) - 48)
  return value
}

/** 64 bits: `UInt64`, `Int64`, or a time in its smallest unit, such as `DateTime64(9, 'UTC')`. */
export class BigintColumn extends FixedWidth<BigInt64Array> implements ItemColumn<bigint> {
  constructor(type: string) {
    super(type, new Slots((length) => new BigInt64Array(length)))
  }

  set(row: number, value: bigint): void {
    this.slots.upTo(row)[row] = value
  }
}
