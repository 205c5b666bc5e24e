const slots = 4096
const longest = 40

/**
 * Texts that come again and again: attribute keys, names, models. A text that was read lately is found by its
 * bytes, without making it anew; whatever shares its slot takes its place, so that it never grows.
 */
export class TextCache {
  private readonly texts: string[] = Array.from({ length: slots }, () => '')
  /** What each text says, from `slot * longest` on. */
  private readonly known = new Uint8Array(slots * longest)

  /** The text of these bytes, or undefined when it isn't short and ASCII, and so isn't kept. */
  read(bytes: Buffer, start: number, end: number): string | undefined {
    const length = end - start
    if (length > longest) return undefined
    const slot = slotOf(bytes, start, end)
    const text = this.texts[slot] ?? ''
    if (text.length === length && this.isKnown(slot, bytes, start, end)) return text
    return isAscii(bytes, start, end) ? this.keep(slot, bytes, start, end) : undefined
  }

  private isKnown(slot: number, bytes: Buffer, start: number, end: number): boolean {
    const { known } = this
    const shift = slot * longest - start
    for (let at = start; at < end; at++) if (known[at + shift] !== bytes[at]) return false
    return true
  }

  private keep(slot: number, bytes: Buffer, start: number, end: number): string {
    const text = bytes.toString('latin1', start, end)
    this.texts[slot] = text
    this.known.set(bytes.subarray(start, end), slot * longest)
    return text
  }
}

/** By the last byte and some eight others: keys that differ mostly do so in their ends or their lengths. */
function slotOf(bytes: Buffer, start: number, end: number): number {
  const stride = ((end - start) >> 3) + 1
  let hash = (Math.imul(end - start, 31) + (bytes[end - 1] ?? 0)) | 0
  for (let at = start; at < end; at += stride) hash = (Math.imul(hash, 31) + (bytes[at] ?? 0)) | 0
  return (hash ^ (hash >>> 15)) & (slots - 1)
}

function isAscii(bytes: Buffer, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if ((bytes[at] ?? 0) > 127) return false
  return true
}
