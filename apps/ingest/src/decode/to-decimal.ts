const billion = 1_000_000_000
const zero = 48

/** A 64-bit number as decimal digits. Times of our days are 19 digits, and told without bigints. */
export function toDecimal(high: number, low: number): string {
  // 2^48 and 2^32 in billions, and what is left of them.
  const upper = Math.floor(high / 0x1_0000)
  const lower = high % 0x1_0000
  const left = upper * 976_710_656 + lower * 294_967_296 + low
  const billions = upper * 281_474 + lower * 4 + Math.floor(left / billion)
  if (billions < billion || billions >= 4 * billion) return ((BigInt(high) << 32n) | BigInt(low)).toString()
  return nineteenDigits(billions, left % billion)
}

function digit(value: number, unit: number): number {
  return zero + (((value / unit) >>> 0) % 10)
}

/** One call for all digits makes one text; joined pieces would be joined again by whoever reads it. */
function nineteenDigits(billions: number, rest: number): string {
  const upper = billions >>> 0
  const lower = rest >>> 0
  return String.fromCharCode(
    digit(upper, 1_000_000_000),
    digit(upper, 100_000_000),
    digit(upper, 10_000_000),
    digit(upper, 1_000_000),
    digit(upper, 100_000),
    digit(upper, 10_000),
    digit(upper, 1000),
    digit(upper, 100),
    digit(upper, 10),
    digit(upper, 1),
    digit(lower, 100_000_000),
    digit(lower, 10_000_000),
    digit(lower, 1_000_000),
    digit(lower, 100_000),
    digit(lower, 10_000),
    digit(lower, 1000),
    digit(lower, 100),
    digit(lower, 10),
    digit(lower, 1),
  )
}
