import type { RedactionLedger } from './ledger.ts'
import type { RedactionRule, TextRange } from './rule.ts'

export interface TextRedactor {
  /** False for most texts, and cheap: what it clears needs no further look. */
  mayHoldSecret(text: string): boolean
  redact(text: string, path: string, ledger: RedactionLedger): string
}

const shortestSecret = 4

/** Replaces whatever the rules find by markers such as `[redacted:jwt]`. */
export function createTextRedactor(rules: readonly RedactionRule[]): TextRedactor {
  const hints = joinHints(rules)
  const mayHoldSecret = (text: string): boolean =>
    text.length >= shortestSecret && hints.some((hint) => hint.test(text))
  return {
    mayHoldSecret,
    redact: (text, path, ledger) => {
      if (!mayHoldSecret(text)) return text
      let current = text
      for (const rule of rules) {
        if (!rule.hint.test(current)) continue
        const ranges = rule.find(current)
        if (ranges.length === 0) continue
        current = replaceRanges({ text: current, ranges, marker: `[redacted:${rule.name}]` })
        ledger.record(rule.name, path, ranges.length)
      }
      return current
    },
  }
}

/** One alternation a flag set: clean text is read twice at most, however many rules there are. */
function joinHints(rules: readonly RedactionRule[]): RegExp[] {
  const byFlags = new Map<string, string[]>()
  for (const { hint } of rules) byFlags.set(hint.flags, [...(byFlags.get(hint.flags) ?? []), hint.source])
  return [...byFlags].map(([flags, sources]) => new RegExp(sources.join('|'), flags))
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
