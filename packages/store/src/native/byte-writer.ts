const smallText = 48
/** One huge batch must not hold its memory for ever. */
const keptMax = 8 * 1024 * 1024

/** Bytes that grow at their end. What lies beyond `length` is undefined and never read. */
export class ByteWriter {
  private buffer: Buffer
  private end = 0

  constructor(capacity = 1024) {
    this.buffer = Buffer.allocUnsafe(capacity)
  }

  get length(): number {
    return this.end
  }

  /** What was written; valid until the next write. */
  bytes(): Buffer {
    return this.buffer.subarray(0, this.end)
  }

  /** Forgets what was written, and keeps the room for the next. */
  reset(): void {
    this.end = 0
    if (this.buffer.length > keptMax) this.buffer = Buffer.alloc(0)
  }

  zeros(count: number): void {
    this.reserve(count)
    if (count > 16) this.buffer.fill(0, this.end, this.end + count)
    else for (let at = 0; at < count; at++) this.buffer[this.end + at] = 0
    this.end += count
  }

  /** An unsigned number, seven bits a byte, low ones first. */
  varint(value: number): void {
    this.reserve(8)
    this.end = putVarint(this.buffer, this.end, value)
  }

  /** Eight bytes, low ones first; a whole number that a double holds exactly. */
  uint64(value: number): void {
    this.reserve(8)
    this.end = this.buffer.writeUInt32LE(value >>> 0, this.end)
    this.end = this.buffer.writeUInt32LE(Math.floor(value / 0x1_0000_0000), this.end)
  }

  raw(bytes: Uint8Array): void {
    this.reserve(bytes.length)
    this.buffer.set(bytes, this.end)
    this.end += bytes.length
  }

  /** Appends what stands at that place already. */
  repeat(start: number, length: number): void {
    this.reserve(length)
    this.buffer.copyWithin(this.end, start, start + length)
    this.end += length
  }

  /** UTF-8 behind its length in bytes. Half a surrogate pair, which is no text, becomes U+FFFD. */
  text(value: string): void {
    if (value.length > smallText || !this.ascii(value)) this.longText(value, '')
  }

  /** As `text` of both in one, for a prefix in ASCII: the runtime would first copy both into a text of their own. */
  joinedText(prefix: string, value: string): void {
    this.longText(value, prefix)
  }

  /** Most texts are short names: for those a loop beats the call into the runtime. */
  private ascii(value: string): boolean {
    const { length } = value
    this.reserve(length + 1)
    const { buffer } = this
    const start = this.end + 1
    for (let at = 0; at < length; at++) {
      const code = value.charCodeAt(at)
      if (code > 127) return false
      buffer[start + at] = code
    }
    buffer[this.end] = length
    this.end = start + length
    return true
  }

  /** The bytes of ASCII are as many as its letters; only other text has to be moved behind a longer length. */
  private longText(value: string, prefix: string): void {
    const { length } = prefix
    this.reserve((length + value.length) * 3 + 8)
    const room = varintSize(length + value.length)
    const start = this.end + room
    for (let at = 0; at < length; at++) this.buffer[start + at] = prefix.charCodeAt(at)
    const written = length + this.buffer.write(value, start + length, 'utf8')
    const size = varintSize(written)
    if (size !== room) this.buffer.copyWithin(this.end + size, this.end + room, this.end + room + written)
    this.end = putVarint(this.buffer, this.end, written) + written
  }

  private reserve(more: number): void {
    const wanted = this.end + more
    if (wanted <= this.buffer.length) return
    const grown = Buffer.allocUnsafe(Math.max(64, wanted, this.buffer.length * 2))
    this.buffer.copy(grown, 0, 0, this.end)
    this.buffer = grown
  }
}

function putVarint(buffer: Buffer, at: number, value: number): number {
  let rest = value
  let end = at
  while (rest > 127) {
    buffer[end++] = (rest % 128) + 128
    rest = Math.floor(rest / 128)
  }
  buffer[end++] = rest
  return end
}

function varintSize(value: number): number {
  let size = 1
  for (let rest = value; rest > 127; rest = Math.floor(rest / 128)) size++
  return size
}
