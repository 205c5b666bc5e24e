import { expect, test } from 'vitest'
import { FairTurns, type Turn } from './fair-turns.ts'

/** Turns in the order in which they were given, and a way to end them one by one. */
function createRecorder(options: { bytesMax?: number; waitMs?: number } = {}) {
  const turns = new FairTurns({ bytesMax: 10, waitMs: 60_000, ...options })
  const given: string[] = []
  const open: Turn[] = []
  return {
    given,
    open,
    take: async (project: string, bytes: number, name = project): Promise<void> => {
      const turn = await turns.take(project, bytes)
      given.push(turn === undefined ? `${name} sent away` : name)
      if (turn !== undefined) open.push(turn)
    },
    /** Ends turns, oldest first, until none is left. */
    endAll: async (): Promise<void> => {
      for (let turn = open.shift(); turn !== undefined; turn = open.shift()) {
        turn.end()
        await new Promise(setImmediate)
      }
    },
  }
}

test('a quiet project waits for one turn of the flood, not for all of it', async () => {
  const { given, take, endAll } = createRecorder()
  const all = Array.from({ length: 100 }, (_, at) => take('flood', 10, `flood ${at}`))
  all.push(take('quiet', 1), take('quiet', 1))
  await Promise.race(all)
  await endAll()
  await Promise.all(all)
  expect(given.indexOf('quiet')).toBeLessThanOrEqual(2)
  expect(given.lastIndexOf('quiet')).toBeLessThanOrEqual(4)
  expect(given).toHaveLength(102)
})

test('projects that both want all get the same number of bytes, whatever the size of their requests', async () => {
  const { given, take, endAll } = createRecorder()
  const all = [
    ...Array.from({ length: 20 }, () => take('large', 10)),
    ...Array.from({ length: 200 }, () => take('small', 1)),
  ]
  await Promise.race(all)
  await endAll()
  await Promise.all(all)
  const half = given.slice(0, 110)
  const bytes = { large: 0, small: 0 }
  for (const project of half) {
    if (project === 'large') bytes.large += 10
    else bytes.small += 1
  }
  expect(Math.abs(bytes.large - bytes.small)).toBeLessThanOrEqual(10)
})

test('one that has rested has no claim on the past', async () => {
  const { given, take, endAll } = createRecorder()
  const first = Array.from({ length: 30 }, () => take('busy', 10))
  await Promise.race(first)
  await endAll()
  await Promise.all(first)
  given.length = 0
  const then = [
    ...Array.from({ length: 10 }, () => take('late', 10)),
    ...Array.from({ length: 10 }, () => take('busy', 10)),
  ]
  await Promise.race(then)
  await endAll()
  await Promise.all(then)
  expect(given.slice(0, 10).filter((project) => project === 'busy').length).toBeGreaterThanOrEqual(3)
})

test('no more is under way than allowed, save one that is alone', async () => {
  const { given, open, take } = createRecorder()
  const all = [take('a', 50, 'huge'), take('b', 4, 'one'), take('b', 4, 'two'), take('b', 4, 'three')]
  await all[0]
  expect(given).toEqual(['huge'])
  open.shift()?.end()
  await Promise.all([all[1], all[2]])
  expect(given).toEqual(['huge', 'one', 'two'])
  expect(open.map((turn) => turn.grow(3))).toEqual([false, false])
  expect(open[0]?.grow(2)).toBe(true)
  for (const turn of open) turn.end()
  await Promise.all(all)
})

test('whoever waits too long is sent away and holds nobody up', async () => {
  const { given, open, take } = createRecorder({ waitMs: 20 })
  await take('a', 10)
  await take('a', 10, 'late')
  expect(given).toEqual(['a', 'late sent away'])
  open.shift()?.end()
  await take('b', 10)
  expect(given).toEqual(['a', 'late sent away', 'b'])
})
