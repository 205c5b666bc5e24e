import { expect, test } from 'vitest'
import { describeBrush, toBins } from './histogram-bins.ts'

test('steps without runs are drawn as such, and what lies outside of the window is not', () => {
  const bins = toBins({
    buckets: [bucket(0, 3), bucket(25, 2), bucket(29, 1), bucket(90, 7)],
    since: 0,
    until: 40,
    stepMs: 10,
  })
  expect(bins.map((bin) => bin.total)).toEqual([3, 0, 3, 0])
})

test('the brush counts its own steps only', () => {
  const bins = toBins({
    buckets: [bucket(0, 5), bucket(10, 7), bucket(20, 9)],
    since: 0,
    until: 30,
    stepMs: 10,
  })
  expect(describeBrush({ bins, brush: { from: 10, to: 20 }, stepMs: 10 }).total).toBe(7)
  expect(describeBrush({ bins, brush: { from: 10 }, stepMs: 10 }).total).toBe(16)
  expect(describeBrush({ bins, brush: undefined, stepMs: 10 }).total).toBe(21)
})

test('a rate is compared only where there is enough on both sides', () => {
  const many = toBins({ buckets: [bucket(0, 100, 5), bucket(10, 20, 7)], since: 0, until: 20, stepMs: 10 })
  expect(describeBrush({ bins: many, brush: { from: 10 }, stepMs: 10 }).timesUsual).toBe(7)
  const few = toBins({ buckets: [bucket(0, 4, 1), bucket(10, 3, 2)], since: 0, until: 20, stepMs: 10 })
  expect(describeBrush({ bins: few, brush: { from: 10 }, stepMs: 10 }).timesUsual).toBeUndefined()
})

function bucket(startMs: number, total: number, failed = 0) {
  return { startMs, total, failed, running: 0 }
}
