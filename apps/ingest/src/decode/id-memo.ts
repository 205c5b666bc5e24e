/** One for each value that the last byte of an id can have. */
const slots = 256

/**
 * The ids of a body as hex. Those of traces and parents come again and again, mostly not far from where they came
 * before: an id whose last byte was seen lately is compared with the bytes that it had there.
 */
export class IdMemo {
  private readonly body: Buffer
  private readonly places: number[] = []
  private readonly texts: string[] = []

  constructor(body: Buffer) {
    this.body = body
  }

  read(start: number, end: number): string {
    const { body } = this
    if (start === end) return ''
    const slot = (body[end - 1] ?? 0) % slots
    const known = this.texts[slot]
    if (known?.length === (end - start) * 2 && this.isSame(this.places[slot] ?? 0, start, end)) return known
    const text = body.toString('hex', start, end)
    this.places[slot] = start
    this.texts[slot] = text
    return text
  }

  private isSame(place: number, start: number, end: number): boolean {
    const { body } = this
    for (let at = start; at < end; at += 1) if (body[at] !== body[place + at - start]) return false
    return true
  }
}
