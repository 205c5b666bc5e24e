import protobuf from 'protobufjs/minimal.js'
import { IdMemo } from './id-memo.ts'
import { toDecimal } from './to-decimal.ts'
import { TextCache } from './text-cache.ts'

/** Reads one field into a message; false when the field is not of the message or has another wire type. */
export type ReadField<Message> = (message: Message, cursor: WireCursor, tag: number) => boolean

const deepestMessage = 100
/** A memo of what bytes say; it holds for every body. */
const texts = new TextCache()

/**
 * A place in a protobuf body. Never reads beyond the message it stands in: every nested message narrows
 * `reader.len`, and one that doesn't end where it said throws.
 */
export class WireCursor {
  private readonly body: Buffer
  private readonly reader: protobuf.Reader
  private readonly ids: IdMemo
  private depth = 0

  constructor(body: Buffer) {
    this.body = body
    this.reader = protobuf.Reader.create(body)
    this.ids = new IdMemo(body)
  }

  get position(): number {
    return this.reader.pos
  }

  /** Reads the whole body as one message. */
  root<Message>(message: Message, readField: ReadField<Message>): Message {
    this.fields(message, readField)
    return message
  }

  /** Reads a length-delimited message; given an earlier occurrence it merges into that, as protobuf asks. */
  message<Message>(message: Message, readField: ReadField<Message>): Message {
    const outerEnd = this.enter()
    this.fields(message, readField)
    this.leave(outerEnd)
    return message
  }

  /** Steps into a length-delimited message, for `leave` to be given what it returns at the message's end. */
  enter(): number {
    const { reader } = this
    const end = reader.size() + reader.pos
    const outerEnd = reader.len
    if (end > outerEnd) throw new RangeError('a message is longer than what holds it')
    if (this.depth >= deepestMessage) throw new RangeError('messages are nested too deep')
    this.depth += 1
    reader.len = end
    return outerEnd
  }

  /** Whether the message that was entered last has another field. */
  get isInside(): boolean {
    return this.reader.pos < this.reader.len
  }

  leave(outerEnd: number): void {
    const { reader } = this
    if (reader.pos !== reader.len) throw new RangeError('a field is longer than the message that holds it')
    reader.len = outerEnd
    this.depth -= 1
  }

  tag(): number {
    return this.reader.tag()
  }

  /** Skips a field that is not of the message, or has another wire type. */
  skip(tag: number): void {
    this.reader.skipType(tag & 7, this.depth, tag >>> 3)
  }

  text(): string {
    const { reader, body } = this
    const start = reader.pos + 1
    const length = body[reader.pos] ?? 0
    const end = start + length
    // A length of one byte; whatever is longer, or runs out of the message, is the reader's.
    const known = length < 128 && end <= reader.len ? texts.read(body, start, end) : undefined
    if (known === undefined) return reader.string()
    reader.pos = end
    return known
  }

  /** A copy: a view would keep the whole body alive for as long as the value. */
  bytes(): Uint8Array {
    return Uint8Array.from(this.reader.bytes())
  }

  hex(): string {
    const { reader } = this
    const length = reader.size()
    reader.skip(length)
    return this.ids.read(reader.pos - length, reader.pos)
  }

  bool(): boolean {
    return this.reader.bool()
  }

  double(): number {
    return this.reader.double()
  }

  uint32(): number {
    return this.reader.uint32()
  }

  enum(): number {
    return this.reader.int32()
  }

  fixed32(): number {
    return this.reader.fixed32()
  }

  int64(): bigint {
    const { low, high } = this.reader.int64()
    return (BigInt(high) << 32n) | BigInt(low >>> 0)
  }

  /** As decimal digits. */
  fixed64(): string {
    const { low, high } = this.reader.fixed64()
    return toDecimal(high >>> 0, low >>> 0)
  }

  private fields<Message>(message: Message, readField: ReadField<Message>): void {
    const { reader } = this
    while (reader.pos < reader.len) {
      const tag = reader.tag()
      if (!readField(message, this, tag)) this.skip(tag)
    }
  }
}
