import { expect, test } from 'vitest'
import { toDecimal } from './to-decimal.ts'

const edges = [
  0n,
  1n,
  2n ** 32n,
  10n ** 18n - 1n,
  10n ** 18n,
  4n * 10n ** 18n - 1n,
  4n * 10n ** 18n,
  2n ** 64n - 1n,
]
const times = Array.from(
  { length: 2000 },
  (_, n) => 1_787_220_000_000_069_340n + BigInt(n) * 1_234_567_890_123_457n,
)

test('any 64 bits are told as a bigint tells them', () => {
  for (const value of [...edges, ...times]) {
    expect(toDecimal(Number(value >> 32n), Number(value & 0xffff_ffffn))).toBe(value.toString())
  }
})
