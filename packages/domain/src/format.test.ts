import { describe, expect, test } from 'vitest'
import {
  formatAgo,
  formatAmount,
  formatBytes,
  formatCount,
  formatDuration,
  formatMoney,
  totalTokens,
} from './format.ts'

describe('durations', () => {
  test.each([
    [0, '0 ms'],
    [0.42, '0.42 ms'],
    [314, '314 ms'],
    [999.7, '1.00 s'],
    [1140, '1.14 s'],
    [41_600, '41.6 s'],
    [59_960, '1 m 00 s'],
    [104_000, '1 m 44 s'],
    [7_860_000, '2 h 11 m'],
    [273_600_000, '3 d 4 h'],
  ])('%d ms reads %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text)
  })
})

test('an amount keeps the digits that matter at its size', () => {
  expect([0, 0.00004, 0.0534, 3.5, 12.4, 1204.2].map(formatAmount)).toEqual([
    '0',
    '<0.0001',
    '0.0534',
    '3.5000',
    '12.40',
    '1,204',
  ])
})

test('money names its currency, and an unpriced cost has none', () => {
  expect(formatMoney({ total: 0.0534, currency: 'USD' })).toBe('$0.0534')
  expect(formatMoney({ total: 0.00001, currency: 'USD' })).toBe('<$0.0001')
  expect(formatMoney({ total: 2, currency: 'EUR' })).toBe('EUR 2.0000')
  expect(formatMoney({ currency: 'USD' })).toBeUndefined()
})

test('tokens without any count stay absent instead of becoming zero', () => {
  expect(totalTokens(undefined)).toBeUndefined()
  expect(totalTokens({ cacheRead: 3 })).toBeUndefined()
  expect(totalTokens({ input: 3, output: 4 })).toBe(7)
  expect(totalTokens({ input: 3, output: 4, total: 9 })).toBe(9)
})

test('counts and bytes shorten only where they would not fit', () => {
  expect([18_418, 12_345_678].map(formatCount)).toEqual(['18,418', '12.3 M'])
  expect([512, 1536, 12_240_656_794].map(formatBytes)).toEqual(['512 B', '1.5 KB', '11.4 GB'])
})

test('the past is told in its largest unit', () => {
  const now = 1_000_000_000
  expect([1_000, 40_000, 420_000, 10_800_000].map((ago) => formatAgo(now - ago, now))).toEqual([
    'now',
    '40 s ago',
    '7 m ago',
    '3 h ago',
  ])
})
