/** `end - start` in decimal nanoseconds, never below zero. */
export function durationBetween(startUnixNano: string, endUnixNano: string): string {
  const duration = difference(startUnixNano, endUnixNano)
  if (Number.isSafeInteger(duration)) return duration <= 0 ? '0' : String(duration)
  const span = BigInt(endUnixNano) - BigInt(startUnixNano)
  return (span < 0n ? 0n : span).toString()
}

/** Whether that many decimal nanoseconds lie between start and end, as `durationBetween` counts them. */
export function isDurationBetween(durationNs: string, start: string, end: string): boolean {
  const duration = difference(start, end)
  const isPlain = Number.isSafeInteger(duration) && duration > 0 && !durationNs.startsWith('0')
  return isPlain
    ? digits(durationNs, 0, durationNs.length) === duration
    : durationNs === durationBetween(start, end)
}

/** Not a safe integer where a double can't tell. */
function difference(startUnixNano: string, endUnixNano: string): number {
  // Seconds and nanoseconds apart are exact as doubles, and many times as fast as bigints.
  const endPoint = endUnixNano.length - 9
  const startPoint = startUnixNano.length - 9
  const seconds = digits(endUnixNano, 0, endPoint) - digits(startUnixNano, 0, startPoint)
  const nanos =
    digits(endUnixNano, endPoint, endUnixNano.length) -
    digits(startUnixNano, startPoint, startUnixNano.length)
  return seconds * 1e9 + nanos
}

/** The number that these digits write; not a number where anything else stands among them. */
function digits(text: string, from: number, until: number): number {
  let value = 0
  for (let at = Math.max(0, from); at < until; at++) {
    const digit = text.charCodeAt(at) - 48
    if (digit < 0 || digit > 9) return Number.NaN
    value = value * 10 + digit
  }
  return value
}
