/** What happens to an attribute because of its key alone. */
export type AttributeVerdict = 'keep' | 'drop' | 'hash'

export interface AttributeGateOptions {
  /** Keys that stay though their class is dropped. `*` stands for any characters. */
  allow?: readonly string[]
  /** Keys that never pass; stronger than `allow`. */
  deny?: readonly string[]
  /** Keys whose values are replaced by their HMAC, so that they still can be compared. */
  hash?: readonly string[]
  /** The privacy class of a key, from the attribute registry. */
  classOf?: (key: string) => string | undefined
  /** Classes that are dropped, such as `content`. */
  dropClasses?: readonly string[]
}

/** Decides by key: deny, then hash, then allow, then the key's class. */
export function createAttributeGate(options: AttributeGateOptions): (key: string) => AttributeVerdict {
  const isDenied = keyMatcher(options.deny)
  const isHashed = keyMatcher(options.hash)
  const isAllowed = keyMatcher(options.allow)
  const dropped = new Set(options.dropClasses)
  if (isEmpty(options.deny) && isEmpty(options.hash) && dropped.size === 0) return () => 'keep'
  return (key) => {
    if (isDenied(key)) return 'drop'
    if (isHashed(key)) return 'hash'
    if (dropped.size === 0 || isAllowed(key)) return 'keep'
    const privacyClass = options.classOf?.(key)
    return privacyClass !== undefined && dropped.has(privacyClass) ? 'drop' : 'keep'
  }
}

function keyMatcher(patterns: readonly string[] | undefined): (key: string) => boolean {
  if (patterns === undefined || isEmpty(patterns)) return () => false
  const exact = new Set(patterns.filter((pattern) => !pattern.includes('*')))
  const wild = patterns.filter((pattern) => pattern.includes('*')).map((pattern) => pattern.split('*'))
  return (key) => exact.has(key) || wild.some((parts) => matchesParts(key, parts))
}

function isEmpty(patterns: readonly string[] | undefined): boolean {
  return patterns === undefined || patterns.length === 0
}

/** Leftmost placing of each part is enough for `*`, and linear where a regular expression would not be. */
function matchesParts(key: string, parts: readonly string[]): boolean {
  const first = parts[0] ?? ''
  const last = parts.at(-1) ?? ''
  if (!key.startsWith(first) || !key.endsWith(last) || key.length < first.length + last.length) return false
  let at = first.length
  for (const part of parts.slice(1, -1)) {
    const found = key.indexOf(part, at)
    if (found < 0) return false
    at = found + part.length
  }
  return at <= key.length - last.length
}
