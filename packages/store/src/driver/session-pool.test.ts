import { expect, test } from 'vitest'
import { createSessionPool } from './session-pool.ts'

function createWork(sessions: string[]) {
  const pool = createSessionPool(sessions)
  const began: string[] = []
  const gates = new Map<string, () => void>()
  const start = (task: string) =>
    pool.run(async (session) => {
      began.push(`${task} on ${session}`)
      await new Promise<void>((resolve) => gates.set(task, resolve))
    })
  return { pool, began, start, end: (task: string) => gates.get(task)?.() }
}

test('as many tasks run at once as there are sessions, the others in the order of asking', async () => {
  const { began, start, end } = createWork(['a', 'b'])
  const [first, second, third] = ['1', '2', '3'].map(start)
  await Promise.resolve()
  expect(began).toEqual(['1 on a', '2 on b'])
  end('2')
  await second
  await Promise.resolve()
  expect(began).toEqual(['1 on a', '2 on b', '3 on b'])
  end('1')
  end('3')
  await Promise.all([first, third])
})

test('a task on all sessions begins when the last is free', async () => {
  const { pool, start, end } = createWork(['a', 'b'])
  const first = start('1')
  const seen: string[] = []
  const onAll = pool.runOnAll(async (session) => seen.push(session))
  await Promise.resolve()
  expect(seen).toEqual([])
  end('1')
  await Promise.all([first, onAll])
  expect(seen.toSorted()).toEqual(['a', 'b'])
})

test('a task that fails gives its session back', async () => {
  const { pool } = createWork(['a'])
  await expect(pool.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(await pool.run(async (session) => session)).toBe('a')
})
