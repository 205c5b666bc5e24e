import type { TextRange } from './rule.ts'

const credentialName =
  'pass(?:word|wd|phrase)|pwd|secret(?:[_.-]?access)?(?:[_.-]?key)?|api[_.-]?key|api[_.-]?secret|access[_.-]?key|' +
  '(?:access|auth|refresh|session|bearer|id|csrf|xsrf)[_.-]?token|(?:private|account|signing|encryption|master)[_.-]?key|' +
  'client[_.-]?secret|authorization|set-cookie|cookie'

const endsWithCredentialName = new RegExp(`(?:${credentialName}|^token|[_.-]token)$`, 'i')
const assignment = new RegExp(
  `(?:${credentialName}|(?<![a-z0-9])token)(?:\\\\{0,8}["'])?\\s{0,4}(?:=>|:=|[:=])\\s{0,4}(?<quote>\\\\{0,8}["'\`])?`,
  'gi',
)
const scheme = /(?:(?:bearer|basic|token|digest)\s{1,4})?/iy
const bareProbe = /[^\s"'`,;&<>(){}[\]\\|]{1,256}/y
const bareRest = /[^\s"'`,;&<>(){}[\]\\|]+/y
const placeholder =
  /^(?:(?:bearer |basic )?\[redacted:|\$|<|\{|\*|%|process\.env|os\.environ|env\.|xxx|\.\.\.|null$|none$|true$|false$|undefined$)/i
const backslash = 92
const lowerCaseBit = 32

/** How every name ends. */
const nameEnd = /(?:passw(?:or)?d|passphrase|pwd|secret(?:[_.-]?access)?|key|token|authorization|cookie)$/i
/** The last two letters of those ends: keys of messages (`role`, `content`, `type`) have others. */
const lastLetters = new Set(
  ['rd', 'wd', 'se', 'et', 'ss', 'ey', 'en', 'on', 'ie'].map((pair) => pairAt(pair, 2)),
)
const longestNameEnd = 14

/** Whether a name that says "credential" may be given a value: looks only at what stands before `:` and `=`. */
export function mayAssignCredential(text: string): boolean {
  return [':', '='].some((sign) => {
    for (let at = text.indexOf(sign); at !== -1; at = text.indexOf(sign, at + 1)) {
      if (isCredentialBefore(text, at)) return true
    }
    return false
  })
}

function isCredentialBefore(text: string, signAt: number): boolean {
  let end = signAt
  while (end > 0 && signAt - end < 4 && text.charCodeAt(end - 1) <= 32) end -= 1
  if (end > 0 && isQuote(text.charCodeAt(end - 1))) {
    end -= 1
    while (end > 0 && text.charCodeAt(end - 1) === backslash) end -= 1
  }
  if (!lastLetters.has(pairAt(text, end))) return false
  return nameEnd.test(text.slice(Math.max(0, end - longestNameEnd), end))
}

/** The two letters before `end` as one number, in lower case. */
function pairAt(text: string, end: number): number {
  return ((text.charCodeAt(end - 2) | lowerCaseBit) << 16) | text.charCodeAt(end - 1) | lowerCaseBit
}

function isQuote(code: number): boolean {
  return code === 34 || code === 39
}

/** True for attribute keys whose whole value is a credential, as `http.request.header.authorization`. */
export function isCredentialKey(key: string): boolean {
  return endsWithCredentialName.test(key)
}

/** Values assigned to names that say "credential": JSON at any depth of escaping, env files, query strings. */
export function findCredentialAssignments(text: string): TextRange[] {
  const found: TextRange[] = []
  let searchedTo = 0
  for (const match of text.matchAll(assignment)) {
    const valueAt = match.index + match[0].length
    if (match.index < searchedTo) continue
    const quote = match.groups?.['quote']
    const range =
      quote === undefined
        ? bareRange({ text, start: valueAt, isToken: /^token/i.test(match[0]) })
        : quotedRange({ text, start: valueAt, quote })
    if (range === undefined) continue
    found.push(range)
    searchedTo = range.end
  }
  return found
}

/**
 * JSON inside JSON doubles its backslashes: behind an opening quote with k of them, a run of n before a
 * quote closes the value when n mod 2(k+1) is k, and is an escaped quote otherwise.
 */
function quotedRange({
  text,
  start,
  quote,
}: {
  text: string
  start: number
  quote: string
}): TextRange | undefined {
  if (isPlaceholder(text, start)) return undefined
  const depth = quote.length - 1
  const mark = quote.charCodeAt(depth)
  let backslashes = 0
  let end = text.length
  for (let at = start; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code === mark && backslashes % (2 * (depth + 1)) === depth) {
      end = at - depth
      break
    }
    backslashes = code === backslash ? backslashes + 1 : 0
  }
  return end - start >= 3 ? { start, end } : undefined
}

/** Without quotes a word may be prose ("password: please") or a count of tokens, so it must look made up. */
function bareRange({
  text,
  start,
  isToken,
}: {
  text: string
  start: number
  isToken: boolean
}): TextRange | undefined {
  scheme.lastIndex = start
  scheme.test(text)
  const valueAt = scheme.lastIndex
  if (isPlaceholder(text, valueAt)) return undefined
  bareProbe.lastIndex = valueAt
  const probe = bareProbe.exec(text)?.[0] ?? ''
  if (probe.length < 6 || !/[\d!@#^+/]/.test(probe)) return undefined
  if (isToken && /^[\d.]+$/.test(probe)) return undefined
  bareRest.lastIndex = valueAt
  return { start: valueAt, end: valueAt + (bareRest.exec(text)?.[0].length ?? 0) }
}

function isPlaceholder(text: string, at: number): boolean {
  return placeholder.test(text.slice(at, at + 32))
}
