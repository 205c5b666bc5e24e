const nanosPerSecond = 1_000_000_000n
const dateTime64Max = 9_223_372_036_854_775_807n

/** Decimal nanoseconds as a DateTime64(9) is written: seconds, a point, nine digits. */
export function toDateTime64(unixNano: string): string {
  const nanos = BigInt(unixNano)
  return `${nanos / nanosPerSecond}.${(nanos % nanosPerSecond).toString().padStart(9, '0')}`
}

/** Milliseconds since the epoch as a DateTime64(3) is written. */
export function toDateTimeMs(epochMs: number): string {
  return (epochMs / 1000).toFixed(3)
}

/** True when the time can be stored to the nanosecond: 1970 to 2262. */
export function isStorableTime(unixNano: string): boolean {
  return /^\d{1,19}$/.test(unixNano) && BigInt(unixNano) <= dateTime64Max
}
