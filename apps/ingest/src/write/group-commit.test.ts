import { createDeferred } from '@clew/runtime'
import { expect, onTestFinished, test, vi } from 'vitest'
import { GroupCommit } from './group-commit.ts'

function createRecorder(options: { bytesMax?: number; atOnceMax?: number; ageMs?: number } = {}) {
  const groups: string[][] = []
  const gates: (() => void)[] = []
  const commits = new GroupCommit<string, string>({
    commit: async (items) => {
      groups.push([...items])
      const gate = createDeferred<void>()
      gates.push(() => gate.resolve())
      await gate.promise
      return items.map((item) => `${item} stored`)
    },
    bytesOf: (item) => item.length,
    bytesMax: options.bytesMax ?? 1000,
    ageMs: () => options.ageMs ?? 5,
    atOnceMax: options.atOnceMax ?? 1,
  })
  return { commits, groups, gates }
}

test('items that arrive together are committed together, and each learns its own outcome', async () => {
  const { commits, groups, gates } = createRecorder()
  const outcomes = Promise.all(['a', 'b', 'c'].map((item) => commits.submit(item)))
  await vi.waitFor(() => expect(groups).toEqual([['a', 'b', 'c']]))
  gates[0]?.()
  expect(await outcomes).toEqual(['a stored', 'b stored', 'c stored'])
})

test('a full group leaves at once, and no group is larger than allowed unless one item is', async () => {
  const { commits, groups, gates } = createRecorder({ bytesMax: 4, atOnceMax: 10, ageMs: 60_000 })
  const all = ['aa', 'bb', 'cccccc', 'd'].map((item) => commits.submit(item))
  expect(groups).toEqual([['aa', 'bb'], ['cccccc']])
  const drained = commits.drain()
  expect(groups).toEqual([['aa', 'bb'], ['cccccc'], ['d']])
  for (const open of gates) open()
  await drained
  expect(await Promise.all(all)).toHaveLength(4)
})

test('an item that comes alone waits for nobody; what follows waits for the age of a group', async () => {
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
  const { commits, groups, gates } = createRecorder({ atOnceMax: 2, ageMs: 1000 })
  const first = commits.submit('a')
  await vi.advanceTimersByTimeAsync(1)
  expect(groups).toEqual([['a']])
  const rest = [commits.submit('b'), commits.submit('c')]
  await vi.advanceTimersByTimeAsync(990)
  expect(groups).toHaveLength(1)
  await vi.advanceTimersByTimeAsync(10)
  expect(groups[1]).toEqual(['b', 'c'])
  for (const open of gates) open()
  await Promise.all([first, ...rest])
})

test('while the store is busy the next group grows', async () => {
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
  const { commits, groups, gates } = createRecorder({ atOnceMax: 1, ageMs: 1 })
  const first = commits.submit('first')
  await vi.waitFor(() => expect(groups).toHaveLength(1))
  const rest = ['a', 'b', 'c', 'd'].map((item) => commits.submit(item))
  await vi.advanceTimersByTimeAsync(20)
  expect(groups).toHaveLength(1)
  gates[0]?.()
  await first
  await vi.waitFor(() => expect(groups[1]).toEqual(['a', 'b', 'c', 'd']))
  gates[1]?.()
  await Promise.all(rest)
})

test('a commit that throws fails its own items only', async () => {
  let isBroken = true
  const commits = new GroupCommit<string, string>({
    commit: async (items) => {
      if (isBroken) throw new Error('bug')
      return [...items]
    },
    bytesOf: () => 1,
    bytesMax: 1,
    ageMs: () => 1,
    atOnceMax: 1,
  })
  await expect(commits.submit('a')).rejects.toThrow('bug')
  isBroken = false
  expect(await commits.submit('b')).toBe('b')
})

test('draining what is empty ends at once', async () => {
  expect(await createRecorder().commits.drain()).toBeUndefined()
})
