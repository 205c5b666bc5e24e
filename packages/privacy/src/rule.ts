/** A secret's place in a text: `start` inclusive, `end` exclusive. */
export interface TextRange {
  start: number
  end: number
}

/** One kind of secret. `find` must be linear in the length of the text: it runs on whatever users send. */
export interface RedactionRule {
  /** Kebab-case; appears in the marker `[redacted:<name>]` and in the ledger. */
  name: string
  /** A cheap necessary condition: text without a match is never searched further. */
  hint: RegExp
  find(text: string): TextRange[]
}

interface PatternRule {
  name: string
  hint: RegExp
  /** A group named `secret` narrows the replaced range, which is else the whole match. */
  pattern: RegExp
  accept?: (secret: string) => boolean
}

/** A rule that a regular expression can tell. */
export function patternRule({ name, hint, pattern, accept }: PatternRule): RedactionRule {
  const compiled = new RegExp(pattern.source, `${pattern.flags.replace(/[gd]/g, '')}gd`)
  return {
    name,
    hint,
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
