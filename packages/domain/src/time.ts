export { durationBetween } from '@clew/semconv/span'

const nsPerMs = 1_000_000n

/** Decimal nanoseconds to whole milliseconds since the epoch. */
export function toEpochMs(unixNano: string): number {
  const digits = Number(unixNano.slice(0, -6))
  return Number.isSafeInteger(digits) && digits > 0 ? digits : Number(BigInt(unixNano) / nsPerMs)
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
