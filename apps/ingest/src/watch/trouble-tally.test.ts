import { parseProjectId } from '@clew/domain'
import { expect, test } from 'vitest'
import { TroubleTally } from './trouble-tally.ts'

const projectId = parseProjectId('22222222-2222-4222-8222-222222222222')
if (projectId === undefined) throw new Error('not a project id')
const trouble = { kind: 'rejected-records', projectId, signal: 'traces', reason: 'too-old' } as const
const minute = 60_000

function createClocked() {
  let nowMs = Date.UTC(2026, 0, 1, 12)
  return { tally: new TroubleTally(() => nowMs), pass: (ms: number) => void (nowMs += ms) }
}

test('the same trouble is one, with its count and its first and last time', () => {
  const { tally, pass } = createClocked()
  tally.note(trouble, 2)
  pass(minute)
  tally.note({ ...trouble, reason: 'bad-id' })
  pass(minute)
  tally.note(trouble)
  expect(tally.list()).toEqual([
    { ...trouble, count: 3, firstAt: '2026-01-01T12:00:00.000Z', lastAt: '2026-01-01T12:02:00.000Z' },
    {
      ...trouble,
      reason: 'bad-id',
      count: 1,
      firstAt: '2026-01-01T12:01:00.000Z',
      lastAt: '2026-01-01T12:01:00.000Z',
    },
  ])
})

test('what has not come again for an hour is forgotten, and counted afresh when it does', () => {
  const { tally, pass } = createClocked()
  tally.note(trouble, 7)
  pass(61 * minute)
  expect(tally.list()).toEqual([])
  tally.note(trouble)
  expect(tally.list()).toMatchObject([{ count: 1, firstAt: '2026-01-01T13:01:00.000Z' }])
})

test('it holds a bounded number of kinds, and forgets those that happened longest ago', () => {
  const { tally } = createClocked()
  for (let at = 0; at < 1200; at += 1) tally.note({ ...trouble, reason: `reason ${at}` })
  const reasons = tally.list().map(({ reason }) => reason)
  expect(reasons).toHaveLength(500)
  expect(reasons[0]).toBe('reason 1199')
})
