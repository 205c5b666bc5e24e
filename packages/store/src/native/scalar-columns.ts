import { ByteWriter } from './byte-writer.ts'
import { type Column, Slots } from './column.ts'

/** `String`. */
export class TextColumn implements Column<string> {
  readonly type = 'String'
  private readonly texts = new ByteWriter(0)
  private filled = 0

  get isUsed(): boolean {
    return this.filled > 0
  }

  set(row: number, value: string): void {
    if (row > this.filled) this.texts.zeros(row - this.filled)
    this.texts.text(value)
    this.filled = row + 1
  }

  write(out: ByteWriter, rows: number): void {
    out.raw(this.texts.bytes())
    out.zeros(rows - this.filled)
  }
}

/** `FixedString`: text of exactly `width` ASCII characters. */
export class FixedTextColumn implements Column<string> {
  readonly type: string
  private readonly width: number
  private readonly slots: Slots<Uint8Array>

  constructor(width: number) {
    this.width = width
    this.type = `FixedString(${width})`
    this.slots = new Slots((length) => new Uint8Array(length), width)
  }

  get isUsed(): boolean {
    return this.slots.isUsed
  }

  set(row: number, value: string): void {
    const { width } = this
    const target = this.slots.upTo(row)
    const start = row * width
    for (let at = 0; at < width; at++) target[start + at] = value.charCodeAt(at)
  }

  write(out: ByteWriter, rows: number): void {
    out.raw(this.slots.bytes(rows))
  }
}

const arrays = {
  UInt8: (length: number) => new Uint8Array(length),
  UInt16: (length: number) => new Uint16Array(length),
  UInt32: (length: number) => new Uint32Array(length),
  Float64: (length: number) => new Float64Array(length),
}

/** Numbers of up to 32 bits, and doubles; `type` names one that is kept in the same bits, such as `Date`. */
export class NumberColumn implements Column<number> {
  readonly type: string
  private readonly slots: Slots<Uint8Array | Uint16Array | Uint32Array | Float64Array>

  constructor(bits: keyof typeof arrays, type: string = bits) {
    this.type = type
    this.slots = new Slots<Uint8Array | Uint16Array | Uint32Array | Float64Array>(arrays[bits])
  }

  get isUsed(): boolean {
    return this.slots.isUsed
  }

  set(row: number, value: number): void {
    this.slots.upTo(row)[row] = value
  }

  write(out: ByteWriter, rows: number): void {
    out.raw(this.slots.bytes(rows))
  }
}

/** `UInt64` of whole numbers that a double holds exactly. */
export class CountColumn implements Column<number> {
  readonly type = 'UInt64'
  private readonly slots = new Slots((length) => new Uint32Array(length), 2)

  get isUsed(): boolean {
    return this.slots.isUsed
  }

  set(row: number, value: number): void {
    const target = this.slots.upTo(row)
    target[row * 2] = value >>> 0
    target[row * 2 + 1] = Math.floor(value / 0x1_0000_0000)
  }

  write(out: ByteWriter, rows: number): void {
    out.raw(this.slots.bytes(rows))
  }
}

/** 64 bits: `UInt64`, `Int64`, or a time in its smallest unit, such as `DateTime64(9, 'UTC')`. */
export class BigintColumn implements Column<bigint> {
  readonly type: string
  private readonly slots = new Slots((length) => new BigInt64Array(length))

  constructor(type: string) {
    this.type = type
  }

  get isUsed(): boolean {
    return this.slots.isUsed
  }

  set(row: number, value: bigint): void {
    this.slots.upTo(row)[row] = value
  }

  write(out: ByteWriter, rows: number): void {
    out.raw(this.slots.bytes(rows))
  }
}
