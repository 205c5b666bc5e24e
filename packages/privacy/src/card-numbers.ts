import type { TextRange } from './rule.ts'

const shortestCard = 13
const firstDigit = /[2-6]/
const digitRuns = /(?<![\w.])\d(?:[ -]?\d){12,2047}/g

/** Payment card numbers: an issuer's prefix and length, and the Luhn checksum. */
export function findCardNumbers(text: string): TextRange[] {
  const found: TextRange[] = []
  for (const match of text.matchAll(digitRuns)) {
    const run = match[0]
    const isCutInWord = /\w/.test(text.charAt(match.index + run.length))
    let at = 0
    while (at < run.length) {
      const length = isCutInWord ? cardLengthAt(run.replace(/\d+$/, ''), at) : cardLengthAt(run, at)
      if (length > 0) found.push({ start: match.index + at, end: match.index + at + length })
      at = length > 0 ? at + length : nextGroup(run, at)
    }
  }
  return found
}

/** A number starts only where a group of digits starts, so that slices of long ids are not cards. */
function nextGroup(run: string, from: number): number {
  for (let at = from + 1; at < run.length; at += 1) {
    if (!isDigit(run.charCodeAt(at - 1)) && isDigit(run.charCodeAt(at))) return at
  }
  return run.length
}

function cardLengthAt(run: string, from: number): number {
  if (!firstDigit.test(run.charAt(from))) return 0
  let digits = ''
  for (let at = from; at < run.length && digits.length < 19; at += 1) {
    const code = run.charCodeAt(at)
    if (!isDigit(code)) continue
    digits += run.charAt(at)
    const groupEnds = at + 1 === run.length || !isDigit(run.charCodeAt(at + 1))
    if (groupEnds && digits.length >= shortestCard && isCardNumber(digits)) return at + 1 - from
  }
  return 0
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57
}

function isCardNumber(digits: string): boolean {
  return isIssued(digits) && passesLuhn(digits)
}

function isIssued(digits: string): boolean {
  const two = Number(digits.slice(0, 2))
  const three = Number(digits.slice(0, 3))
  const four = Number(digits.slice(0, 4))
  switch (digits.length) {
    case 13:
      return digits.startsWith('4')
    case 14:
      return (three >= 300 && three <= 305) || two === 36 || two === 38
    case 15:
      return two === 34 || two === 37
    case 16:
      return (
        digits.startsWith('4') ||
        (two >= 51 && two <= 55) ||
        (four >= 2221 && four <= 2720) ||
        four === 6011 ||
        two === 65 ||
        (three >= 644 && three <= 649) ||
        (four >= 3528 && four <= 3589) ||
        two === 62
      )
    case 17:
    case 18:
      return two === 62
    case 19:
      return digits.startsWith('4') || two === 62
    default:
      return false
  }
}

function passesLuhn(digits: string): boolean {
  let sum = 0
  for (let index = 0; index < digits.length; index += 1) {
    const digit = digits.charCodeAt(digits.length - 1 - index) - 48
    const doubled = index % 2 === 0 ? digit : digit * 2
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return sum % 10 === 0
}
