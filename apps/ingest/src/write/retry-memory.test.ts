import { expect, test } from 'vitest'
import { createRetryMemory } from './retry-memory.ts'

function createCounter() {
  let nowMs = 0
  let runs = 0
  const memory = createRetryMemory<string>({
    windowMs: 1000,
    isFinal: (outcome) => outcome !== 'failed',
    clock: () => nowMs,
  })
  return {
    once: (key: string, outcome = 'stored') =>
      memory.once(key, async () => {
        runs += 1
        await Promise.resolve()
        return outcome
      }),
    runs: () => runs,
    pass: (ms: number) => (nowMs += ms),
  }
}

test('the same request is done once, also while the first is still under way', async () => {
  const { once, runs } = createCounter()
  expect(await Promise.all([once('a'), once('a')])).toEqual(['stored', 'stored'])
  expect(await once('a')).toBe('stored')
  expect(runs()).toBe(1)
})

test('what failed may be tried again, and so may what is long past', async () => {
  const { once, runs, pass } = createCounter()
  expect(await once('a', 'failed')).toBe('failed')
  expect(await once('a')).toBe('stored')
  pass(1001)
  await once('a')
  expect(runs()).toBe(3)
})
