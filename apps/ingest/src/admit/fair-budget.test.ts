import { expect, test } from 'vitest'
import { createFairBudget, type BudgetClaim } from './fair-budget.ts'

/** Claims one after another until the budget refuses, and tells how many it lent. */
function fill(budget: ReturnType<typeof createFairBudget>, owner: string): number {
  let count = 0
  while (budget.claim(owner).grow(1)) count += 1
  return count
}

test('one who takes all that he can get leaves a third for those who come later', () => {
  const budget = createFairBudget(90)
  expect(fill(budget, 'greedy')).toBeGreaterThanOrEqual(60)
  expect(budget.used).toBeLessThanOrEqual(61)
  expect(budget.claim('quiet').grow(20)).toBe(true)
})

test('nine greedy ones, each asking anew as soon as it gave something back, leave room for a tenth', () => {
  const budget = createFairBudget(1000)
  const held = Array.from({ length: 9 }, (): BudgetClaim[] => [])
  for (let round = 0; round < 2000; round += 1) {
    for (const [owner, claims] of held.entries()) {
      claims.shift()?.release()
      for (;;) {
        const claim = budget.claim(`greedy ${owner}`)
        if (!claim.grow(1)) break
        claims.push(claim)
      }
    }
  }
  const counts = held.map((claims) => claims.length)
  expect(Math.max(...counts) - Math.min(...counts)).toBeLessThan(30)
  expect(budget.claim('quiet').grow(50)).toBe(true)
})

test('what is larger than everything passes when it is alone, and not when it is not', () => {
  const budget = createFairBudget(10)
  const large = budget.claim('a')
  expect([large.grow(8), large.grow(8)]).toEqual([true, true])
  expect(budget.claim('b').grow(1)).toBe(false)
  large.release()
  expect(budget.used).toBe(0)
  expect(budget.claim('b').grow(1)).toBe(true)
})

test('what was refused is not held', () => {
  const budget = createFairBudget(10)
  budget.claim('a').grow(5)
  const refused = budget.claim('b')
  expect(refused.grow(6)).toBe(false)
  refused.release()
  expect(budget.used).toBe(5)
})
