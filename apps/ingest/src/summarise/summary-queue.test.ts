import { parseOrganisationId, parseProjectId } from '@clew/domain'
import type { RowOwner } from '@clew/store'
import { expect, test } from 'vitest'
import { SummaryQueue, type OpenTrace } from './summary-queue.ts'

const organisationId = parseOrganisationId('11111111-1111-4111-8111-111111111111')
const projectId = parseProjectId('22222222-2222-4222-8222-222222222222')
if (organisationId === undefined || projectId === undefined) throw new Error('bad ids')
const ids = { organisationId, projectId }
const limits = { summaryDelayMs: 100, summaryEveryMs: 1000, summaryQuietMs: 30_000, lostAfterMs: 600_000 }

function ownerAt(receivedAtMs: number): RowOwner {
  return { ...ids, retention: { metadataDays: 30, contentDays: 30 }, receivedAtMs }
}

function createQueue() {
  const queue = new SummaryQueue(limits)
  const take = (nowMs: number): OpenTrace[] => {
    queue.wake(nowMs)
    return queue.takeDue({ nowMs, countMax: 10 })
  }
  return {
    queue,
    touch: (nowMs: number) => queue.touch({ owner: ownerAt(nowMs), traceId: 'a', nowMs }),
    /** Summarises what is due and says how many that were. */
    summarise: (
      nowMs: number,
      result: { hasRunningSpans?: boolean; costMs?: number; nextLossMs?: number } = {},
    ): number => {
      const due = take(nowMs)
      for (const trace of due) queue.done(trace, { nowMs, costMs: 1, hasRunningSpans: true, ...result })
      return due.length
    },
  }
}

test('the first summary comes soon, the next ones once a second', () => {
  const { touch, summarise } = createQueue()
  const summaries: number[] = []
  for (let nowMs = 0; nowMs <= 8000; nowMs += 10) {
    touch(nowMs)
    if (summarise(nowMs) > 0) summaries.push(nowMs)
  }
  const gaps = summaries.slice(1).map((at, index) => at - (summaries[index] ?? 0))
  expect(summaries[0]).toBe(100)
  expect(new Set(gaps)).toEqual(new Set([1000]))
})

test('a trace is summarised once more when it has been quiet, then forgotten', () => {
  const { queue, touch, summarise } = createQueue()
  touch(0)
  summarise(100, { hasRunningSpans: false })
  expect(summarise(29_999)).toBe(0)
  expect(summarise(30_000, { hasRunningSpans: false })).toBe(1)
  expect(queue.size).toBe(0)
})

test('with spans still running it is looked at again when they count as lost', () => {
  const { queue, touch, summarise } = createQueue()
  touch(0)
  summarise(100)
  summarise(30_000)
  expect(summarise(599_999)).toBe(0)
  expect(summarise(600_000, { hasRunningSpans: false })).toBe(1)
  expect(queue.size).toBe(0)
})

test('it is looked at when heartbeats are missed, in its quiet while or after it', () => {
  const { queue, touch, summarise } = createQueue()
  touch(0)
  summarise(100, { nextLossMs: 900 })
  expect(summarise(899)).toBe(0)
  expect(summarise(900, { nextLossMs: 90_000 })).toBe(1)
  expect(summarise(30_000, { nextLossMs: 90_000 })).toBe(1)
  expect(summarise(89_999)).toBe(0)
  expect(summarise(90_000, { hasRunningSpans: false })).toBe(1)
  expect(queue.size).toBe(0)
})

test('what arrives during a summary is summarised after it', () => {
  const { queue, touch } = createQueue()
  touch(0)
  const [trace] = queue.takeDue({ nowMs: 100, countMax: 10 })
  touch(101)
  if (trace) queue.done(trace, { nowMs: 100, costMs: 1, hasRunningSpans: true })
  expect(queue.takeDue({ nowMs: 1090, countMax: 10 })).toHaveLength(0)
  expect(queue.takeDue({ nowMs: 1100, countMax: 10 })).toHaveLength(1)
})

test('a trace that is costly to read is read less often', () => {
  const { touch, summarise } = createQueue()
  touch(0)
  summarise(100, { costMs: 2000 })
  touch(200)
  expect(summarise(9000)).toBe(0)
  expect(summarise(10_100)).toBe(1)
})

test('the watermark stays a minute behind whatever is not settled', () => {
  const { queue, touch, summarise } = createQueue()
  expect(queue.watermarkMs(100_000)).toBe(40_000)
  touch(110_000)
  summarise(110_100)
  expect(queue.watermarkMs(135_000)).toBe(50_000)
  summarise(140_000, { hasRunningSpans: false })
  expect(queue.watermarkMs(150_000)).toBe(90_000)
})

test('what was received long before it was stored holds the watermark back until it is summarised', () => {
  const { queue, summarise } = createQueue()
  queue.touch({ owner: ownerAt(5_000), traceId: 'late', nowMs: 500_000 })
  expect(queue.watermarkMs(500_000)).toBe(5_000 - 60_000)
  const [trace] = queue.takeDue({ nowMs: 500_100, countMax: 1 })
  expect(queue.watermarkMs(500_100)).toBe(5_000 - 60_000)
  if (trace) queue.failed(trace, 500_200)
  expect(queue.watermarkMs(500_100)).toBe(5_000 - 60_000)
  summarise(500_200)
  expect(queue.watermarkMs(500_200)).toBe(440_000)
})

test('a failed trace comes again at the stated time', () => {
  const { queue, touch } = createQueue()
  touch(0)
  const [trace] = queue.takeDue({ nowMs: 100, countMax: 10 })
  if (trace) queue.failed(trace, 3000)
  expect(queue.takeDue({ nowMs: 2999, countMax: 10 })).toHaveLength(0)
  expect(queue.takeDue({ nowMs: 3000, countMax: 10 })).toHaveLength(1)
})

test('a trace whose summary is under way is not put in line again, however long that takes', () => {
  const { queue, touch } = createQueue()
  touch(0)
  const due = queue.takeDue({ nowMs: 100, countMax: 10 })
  expect(due).toHaveLength(1)
  queue.wake(200_000)
  expect(queue.takeDue({ nowMs: 200_000, countMax: 10 })).toEqual([])
})

test('a round ends with the trace that fills it', () => {
  const { queue } = createQueue()
  for (const traceId of ['a', 'b', 'c']) {
    for (let record = 0; record < 4; record += 1) queue.touch({ owner: ownerAt(0), traceId, nowMs: 0 })
  }
  const take = () => queue.takeDue({ nowMs: 100, countMax: 10, recordsMax: 5 }).map(({ traceId }) => traceId)
  expect([take(), take()]).toEqual([['a', 'b'], ['c']])
})
