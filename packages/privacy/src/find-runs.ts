/** Characters of the shortest run that is looked for: keys, tokens and card numbers are all longer. */
export const shortestRun = 13

const tokenBit = 1
const numberBit = 2
const bits = toBits()

function toBits(): Uint8Array {
  const table = new Uint8Array(256)
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

/** Told of each run, and of what stands before it; stops the search when true. */
export interface RunSeekers {
  token: (run: string) => boolean
  number: (run: string) => boolean
}

/** Longer texts are rare, and bring their bytes with them. */
const scratchBytes = 256 * 1024
const bytesPerCharacter = 3

/**
 * Makes a search that calls back with each long run of token characters, and of digits with spaces or dashes
 * between them, with up to `before` characters in front of it; true when one was enough. It looks at the bytes of a
 * text, since a loop over the text itself takes several times as long.
 */
export function createRunFinder(before: number): (text: string, on: RunSeekers) => boolean {
  const encoder = new TextEncoder()
  const decoder = new TextDecoder()
  const scratch = new Uint8Array(scratchBytes)
  return (text, on) => {
    let bytes = scratch
    let length: number
    if (text.length * bytesPerCharacter <= scratchBytes) length = encoder.encodeInto(text, scratch).written
    else {
      bytes = encoder.encode(text)
      length = bytes.length
    }
    const isAscii = length === text.length
    const runAt = (start: number, end: number): string => {
      const from = Math.max(0, start - before)
      return isAscii ? text.slice(from, end) : decoder.decode(bytes.subarray(from, end))
    }
    return findRuns(bytes, length, {
      token: (start, end) => on.token(runAt(start, end)),
      number: (start, end) => on.number(runAt(start, end)),
    })
  }
}

interface PlaceSeekers {
  token: (start: number, end: number) => boolean
  number: (start: number, end: number) => boolean
}

/**
 * Looks at every thirteenth byte only, and at the word around it, since no run can hide between two of those.
 * No byte of a character beyond ASCII is of a run.
 */
function findRuns(bytes: Uint8Array, length: number, on: PlaceSeekers): boolean {
  let tokensTo = 0
  let numbersTo = 0
  for (let at = shortestRun - 1; at < length; at += shortestRun) {
    const kind = bitsAt(bytes, at)
    if ((kind & tokenBit) !== 0 && at >= tokensTo) {
      const start = runStart(bytes, at, tokenBit)
      const end = runEnd(bytes, at, length, tokenBit)
      if (end - start >= shortestRun && on.token(start, end)) return true
      tokensTo = end
    }
    if ((kind & numberBit) !== 0 && at >= numbersTo) {
      const start = runStart(bytes, at, numberBit)
      const end = runEnd(bytes, at, length, numberBit)
      if (end - start >= shortestRun && on.number(start, end)) return true
      numbersTo = end
    }
  }
  return false
}

function runStart(bytes: Uint8Array, at: number, bit: number): number {
  let start = at
  while (start > 0 && (bitsAt(bytes, start - 1) & bit) !== 0) start -= 1
  return start
}

function runEnd(bytes: Uint8Array, at: number, length: number, bit: number): number {
  let end = at + 1
  while (end < length && (bitsAt(bytes, end) & bit) !== 0) end += 1
  return end
}

function bitsAt(bytes: Uint8Array, at: number): number {
  return bits[bytes[at] ?? 0] ?? 0
}
