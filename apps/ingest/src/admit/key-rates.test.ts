import { expect, test } from 'vitest'
import { createKeyRates } from './key-rates.ts'

const rate = { requestsPerMinute: 60, bytesPerMinute: 6000 }

function createClocked() {
  let nowMs = 1_000_000
  const rates = createKeyRates({ clock: () => nowMs })
  return { rates, pass: (seconds: number) => void (nowMs += seconds * 1000) }
}

test('a minute of requests may come at once, the next one flows back evenly', () => {
  const { rates, pass } = createClocked()
  const answers = Array.from({ length: 61 }, () => rates.request('a', rate))
  expect(answers.slice(0, 60)).toEqual(Array.from({ length: 60 }, () => undefined))
  expect(answers[60]).toBe(1)
  pass(1)
  expect([rates.request('a', rate), rates.request('a', rate)]).toEqual([undefined, 1])
})

test('a body beyond the minute is taken and paid back before the next one', () => {
  const { rates, pass } = createClocked()
  expect(rates.request('a', rate)).toBeUndefined()
  rates.body('a', 12_000)
  expect(rates.request('a', rate)).toBe(60)
  pass(59)
  expect(rates.request('a', rate)).toBe(1)
  pass(1)
  expect(rates.request('a', rate)).toBeUndefined()
})

test('keys do not share what they may send', () => {
  const { rates } = createClocked()
  const none = { ...rate, requestsPerMinute: 1 }
  rates.request('a', none)
  expect(rates.request('a', none)).toBe(60)
  expect(rates.request('b', none)).toBeUndefined()
})
