/** Characters of the shortest run that is looked for: keys, tokens and card numbers are all longer. */
export const shortestRun = 13

const tokenBit = 1
const numberBit = 2
const bits = toBits()

function toBits(): Uint8Array {
  const table = new Uint8Array(128)
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

/**
 * Calls back with the place of each long run of token characters, and of digits with single spaces or dashes
 * between them. Looks at every thirteenth character only, since no such run can hide between two of those:
 * prose is made of shorter words, so most of a text is never read.
 */
export function findRuns(
  text: string,
  on: { token: (start: number, end: number) => boolean; number: (start: number, end: number) => boolean },
): boolean {
  let tokensTo = 0
  let numbersTo = 0
  for (let at = shortestRun - 1; at < text.length; at += shortestRun) {
    const kind = bitsAt(text, at)
    if (kind === 0) continue
    if ((kind & tokenBit) !== 0 && at >= tokensTo) {
      const start = runStart(text, { at, from: tokensTo, bit: tokenBit })
      tokensTo = runEnd(text, at, tokenBit)
      if (tokensTo - start >= shortestRun && on.token(start, tokensTo)) return true
    }
    if ((kind & numberBit) !== 0 && at >= numbersTo) {
      const start = runStart(text, { at, from: numbersTo, bit: numberBit })
      numbersTo = runEnd(text, at, numberBit)
      if (numbersTo - start >= shortestRun && on.number(start, numbersTo)) return true
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

function runEnd(text: string, at: number, bit: number): number {
  let end = at + 1
  while (end < text.length && (bitsAt(text, end) & bit) !== 0) end += 1
  return end
}
