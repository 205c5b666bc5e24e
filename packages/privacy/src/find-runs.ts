/** Characters of the shortest run that is looked for: keys, tokens and card numbers are all longer. */
export const shortestRun = 13

const tokenBit = 1
const numberBit = 2
const bits = toBits()

function toBits(): Uint8Array {
  // As many as there are codes, since a look beyond an array's end is slow.
  const table = new Uint8Array(65_536)
  const mark = (characters: string, bit: number): void => {
    for (const character of characters) {
      const code = character.charCodeAt(0)
      table[code] = (table[code] ?? 0) | bit
    }
  }
  mark('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-+/=', tokenBit)
  mark('0123456789 -', numberBit)
  return table
}

interface RunSeekers {
  /** Stops the search when true. */
  token: (start: number, end: number) => boolean
  number: (start: number, end: number) => boolean
}

/**
 * Calls back with the place of each long run of token characters, and of digits with spaces or dashes between
 * them; true when one was enough. Looks at every thirteenth character only, since no such run can hide between
 * two of those, and leaves a word whose thirteenth character is none of it: most of a text is never read.
 */
export function findRuns(text: string, on: RunSeekers): boolean {
  let tokensTo = 0
  let numbersTo = 0
  for (let at = shortestRun - 1; at < text.length; at += shortestRun) {
    const kind = bitsAt(text, at)
    if (kind === 0) continue
    if ((kind & tokenBit) !== 0 && at >= tokensTo) {
      const start = runStart(text, { at, from: tokensTo, bit: tokenBit })
      const end = runEnd(text, { at, start, bit: tokenBit })
      if (end > 0 && on.token(start, end)) return true
      tokensTo = Math.max(tokensTo, end)
    }
    if ((kind & numberBit) !== 0 && at >= numbersTo) {
      const start = runStart(text, { at, from: numbersTo, bit: numberBit })
      const end = runEnd(text, { at, start, bit: numberBit })
      if (end > 0 && on.number(start, end)) return true
      numbersTo = Math.max(numbersTo, end)
    }
  }
  return false
}

function bitsAt(text: string, at: number): number {
  return bits[text.charCodeAt(at)] ?? 0
}

function runStart(text: string, { at, from, bit }: { at: number; from: number; bit: number }): number {
  let start = at
  while (start > from && (bitsAt(text, start - 1) & bit) !== 0) start -= 1
  return start
}

/** The end of a run that is long enough, else 0. */
function runEnd(text: string, { at, start, bit }: { at: number; start: number; bit: number }): number {
  const last = start + shortestRun - 1
  if (last >= text.length || (bitsAt(text, last) & bit) === 0) return 0
  let end = at + 1
  while (end < text.length && (bitsAt(text, end) & bit) !== 0) end += 1
  return end - start >= shortestRun ? end : 0
}
