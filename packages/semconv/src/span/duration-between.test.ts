import { expect, test } from 'vitest'
import { durationBetween, isDurationBetween } from './duration-between.ts'

test.each([
  ['1763680000000000001', '1763680000000000003', '2'],
  ['1763680000999999999', '1763680001000000000', '1'],
  ['999999999', '1000000000', '1'],
  ['5', '7', '2'],
  ['0', '18446744073709551615', '18446744073709551615'],
  ['1763680000000000003', '1763680000000000001', '0'],
  ['1763680000000000001', '1763680000000000001', '0'],
  ['1700000000000000001', '1763680000000000003', '63680000000000002'],
])('from %s to %s are %s nanoseconds', (start, end, duration) => {
  expect(durationBetween(start, end)).toBe(duration)
})

test('what is no number throws rather than becoming a duration', () => {
  expect(() => durationBetween('soon', '1763680000000000001')).toThrow(SyntaxError)
})

test.each([
  ['1763680000000000001', '1763680000000000003', '2', true],
  ['1763680000000000001', '1763680000000000003', '3', false],
  ['1763680000000000001', '1763680000000000003', '02', false],
  ['1763680000000000001', '1763680000000000003', '', false],
  ['1763680000000000003', '1763680000000000001', '0', true],
  ['0', '18446744073709551615', '18446744073709551615', true],
  ['0', '18446744073709551615', '18446744073709551616', false],
])('between %s and %s lie %s nanoseconds: %s', (start, end, duration, isSo) => {
  expect(isDurationBetween(duration, start, end)).toBe(isSo)
  expect(durationBetween(start, end) === duration).toBe(isSo)
})
