export { durationBetween } from '@clew/semconv/span'

const nsPerMs = 1_000_000n

/** Decimal nanoseconds to whole milliseconds since the epoch. */
export function toEpochMs(unixNano: string): number {
  const epochMs = digitsOf(unixNano, unixNano.length - 6)
  return Number.isSafeInteger(epochMs) && epochMs > 0 ? epochMs : Number(BigInt(unixNano) / nsPerMs)
}

/** The number that the text's digits up to there write; not a number where anything else is among them. */
function digitsOf(text: string, until: number): number {
  let value = 0
  for (let at = 0; at < until; at += 1) {
    const digit = text.charCodeAt(at) - 48
    if (digit < 0 || digit > 9) return Number.NaN
    value = value * 10 + digit
  }
  return value
}

/** Milliseconds since the epoch to decimal nanoseconds. */
export function toUnixNano(epochMs: number): string {
  return (BigInt(Math.trunc(epochMs)) * nsPerMs).toString()
}

/** Decimal nanoseconds to milliseconds, with the fraction kept to microseconds. */
export function toDurationMs(durationNs: string): number {
  return Number(BigInt(durationNs) / 1000n) / 1000
}

/** Decimal nanoseconds since the epoch to ISO 8601 in UTC with milliseconds. */
export function toIso(unixNano: string): string {
  return new Date(toEpochMs(unixNano)).toISOString()
}
