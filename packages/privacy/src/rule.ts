/** A secret's place in a text: `start` inclusive, `end` exclusive. */
export interface TextRange {
  start: number
  end: number
}

export type RuleHint = string | RegExp | ((text: string) => boolean)

/** One kind of secret. `find` must be linear in the length of the text: it runs on whatever users send. */
export interface RedactionRule {
  /** Kebab-case; appears in the marker `[redacted:<name>]` and in the ledger. */
  name: string
  /** A cheap necessary condition, a word, a pattern or a test: text without it is never searched further. */
  hint: RuleHint
  /**
   * What every find stands in, so that only such runs are looked at: `token` is 13 or more characters of
   * A-Z a-z 0-9 _ - + / =, `number` 13 or more digits, single spaces or dashes between them. Absent: any text.
   */
  within?: 'token' | 'number'
  find(text: string): TextRange[]
}

interface PatternRule {
  name: string
  hint: RuleHint
  within?: 'token' | 'number'
  /** A group named `secret` narrows the replaced range, which is else the whole match. */
  pattern: RegExp
  accept?: (secret: string) => boolean
}

/** A rule that a regular expression can tell. */
export function patternRule({ pattern, accept, ...rule }: PatternRule): RedactionRule {
  const compiled = new RegExp(pattern.source, `${pattern.flags.replace(/[gd]/g, '')}gd`)
  return {
    ...rule,
    find: (text) => {
      const ranges: TextRange[] = []
      for (const match of text.matchAll(compiled)) {
        const [start, end] = match.indices?.groups?.['secret'] ?? match.indices?.[0] ?? [0, 0]
        if (end > start && (accept?.(text.slice(start, end)) ?? true)) ranges.push({ start, end })
      }
      return ranges
    },
  }
}
