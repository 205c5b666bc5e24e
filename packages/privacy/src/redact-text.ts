import { createRunFinder } from './find-runs.ts'
import type { RedactionLedger } from './ledger.ts'
import type { RedactionRule, RuleHint, TextRange } from './rule.ts'

export interface TextRedactor {
  /** False for most texts, and cheap: what it clears needs no further look. */
  mayHoldSecret(text: string): boolean
  /** A text that may hold a secret. */
  redactSuspect(text: string, path: string, ledger: RedactionLedger): string
  redact(text: string, path: string, ledger: RedactionLedger): string
}

const shortestSecret = 4
/** Names, models and kinds come with every span; that they hold nothing is worked out once. */
const longestRemembered = 40
const mostRemembered = 5000
/** Some tokens are told by what stands before a sign that no run contains, as `SG.` and `Bearer `. */
const beforeRun = 12

/** Replaces whatever the rules find by markers such as `[redacted:jwt]`. */
export function createTextRedactor(rules: readonly RedactionRule[]): TextRedactor {
  const mayHoldSecret = createSuspicion(rules)
  const redactSuspect: TextRedactor['redactSuspect'] = (text, path, ledger) => {
    let current = text
    for (const rule of rules) {
      if (!hasHint(current, rule.hint)) continue
      const ranges = rule.find(current)
      if (ranges.length === 0) continue
      current = replaceRanges({ text: current, ranges, marker: `[redacted:${rule.name}]` })
      ledger.record(rule.name, path, ranges.length)
    }
    return current
  }
  return {
    mayHoldSecret,
    redactSuspect,
    redact: (text, path, ledger) => (mayHoldSecret(text) ? redactSuspect(text, path, ledger) : text),
  }
}

function createSuspicion(rules: readonly RedactionRule[]): (text: string) => boolean {
  const hasWord = createTest(joinHints(rules.filter((rule) => rule.within === undefined)))
  const tokens = joinHints(rules.filter((rule) => rule.within === 'token'))
  const numbers = joinHints(rules.filter((rule) => rule.within === 'number'))
  const seekers = { token: createTest(tokens), number: createTest(numbers) }
  const findRuns = createRunFinder(beforeRun)
  const isSuspect = (text: string): boolean => hasWord(text) || findRuns(text, seekers)
  const clear = new Set<string>()
  return (text) => {
    if (text.length < shortestSecret) return false
    if (text.length > longestRemembered) return isSuspect(text)
    if (clear.has(text)) return false
    if (isSuspect(text)) return true
    if (clear.size >= mostRemembered) clear.clear()
    clear.add(text)
    return false
  }
}

function createTest(hints: readonly RuleHint[]): (text: string) => boolean {
  return (text) => hints.some((hint) => hasHint(text, hint))
}

function hasHint(text: string, hint: RuleHint): boolean {
  if (typeof hint === 'string') return text.includes(hint)
  return typeof hint === 'function' ? hint(text) : hint.test(text)
}

/** One alternation for each set of flags; words stay words, since the runtime searches those fastest. */
function joinHints(rules: readonly RedactionRule[]): RuleHint[] {
  const others: RuleHint[] = []
  const byFlags = new Map<string, string[]>()
  for (const { hint } of rules) {
    if (!(hint instanceof RegExp)) others.push(hint)
    else byFlags.set(hint.flags, [...(byFlags.get(hint.flags) ?? []), hint.source])
  }
  return [...others, ...[...byFlags].map(([flags, sources]) => new RegExp(sources.join('|'), flags))]
}

function replaceRanges(args: { text: string; ranges: readonly TextRange[]; marker: string }): string {
  const { text, ranges, marker } = args
  let out = ''
  let at = 0
  for (const range of ranges) {
    out += text.slice(at, range.start) + marker
    at = range.end
  }
  return out + text.slice(at)
}
