const slots = 4096
const longest = 40

/**
 * Texts that come again and again: attribute keys, names, models. A text that was read lately is found by its
 * bytes, without making it anew; whatever shares its slot takes its place, so that it never grows.
 */
export class TextCache {
  private readonly texts: string[] = Array.from({ length: slots }, () => '')

  /** The text of these bytes, or undefined when it isn't short and ASCII, and so isn't kept. */
  read(bytes: Buffer, start: number, end: number): string | undefined {
    const length = end - start
    if (length > longest) return undefined
    let hash = length
    let all = 0
    for (let at = start; at < end; at++) {
      const byte = bytes[at] ?? 0
      hash = (Math.imul(hash, 31) + byte) | 0
      all |= byte
    }
    if (all > 127) return undefined
    const slot = (hash ^ (hash >>> 15)) & (slots - 1)
    const known = this.texts[slot] ?? ''
    if (known.length === length && isSame(known, bytes, start)) return known
    const text = bytes.toString('latin1', start, end)
    this.texts[slot] = text
    return text
  }
}

function isSame(text: string, bytes: Buffer, start: number): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) !== bytes[start + at]) return false
  return true
}
