import { randomBytes } from 'node:crypto'
import type { RunSummary } from '@clew/domain'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeSpan } from '../testing/make-span.ts'
import { openTestApi, type TestApi } from '../testing/open-test-api.ts'
import { readStream } from '../testing/read-stream.ts'

let api: TestApi
beforeAll(async () => {
  api = await openTestApi()
})
afterAll(() => api.close())

const newTrace = () => randomBytes(16).toString('hex')

function startOf(traceId: string) {
  return makeSpan({
    traceId,
    spanId: '1'.repeat(16),
    name: 'plan a trip',
    kind: 'AGENT',
    startMs: Date.now(),
  })
}

/** What the project's stream tells while `work` is done, up to the news that names the last trace. */
async function hear(work: () => Promise<string>): Promise<{ traceIds: string[]; runs: RunSummary[] }[]> {
  const aborter = new AbortController()
  const response = await fetch(`${api.urls[0]}/v1/now/stream`, {
    headers: { authorization: `Bearer ${api.key}`, accept: 'text/event-stream' },
    signal: aborter.signal,
  })
  const told: { traceIds: string[]; runs: RunSummary[] }[] = []
  const events = readStream<{ traceIds: string[]; runs: RunSummary[] }>(response)
  await events.next()
  const last = await work()
  for await (const { data } of events) {
    told.push(data)
    if (data.traceIds.includes(last)) break
  }
  aborter.abort()
  return told
}

test('a run is told with its first spans, before anybody has summed it up, and so is what follows at once', async () => {
  const traceId = newTrace()
  const last = newTrace()
  const told = await hear(async () => {
    await api.put({ spans: [startOf(traceId)], isSummed: false })
    const child = { ...startOf(traceId), spanId: '2'.repeat(16), parentSpanId: '1'.repeat(16), name: 'look' }
    await api.put({ spans: [child], isSummed: false })
    await api.put({ spans: [startOf(last)], isSummed: false })
    return last
  })
  const runs = told.flatMap((update) => update.runs)
  expect(runs[0]).toMatchObject({ traceId, name: 'plan a trip', status: 'running' })
  expect(runs.findLast((run) => run.traceId === traceId)?.spanCount).toBe(2)
  expect(runs.at(-1)).toMatchObject({ traceId: last, name: 'plan a trip', status: 'running' })
})

test('a summary that comes with spans of another run keeps neither from being told', async () => {
  const summed = newTrace()
  const begun = newTrace()
  const told = await hear(async () => {
    await api.put({ spans: [startOf(summed)] })
    await api.put({ spans: [startOf(begun)], isSummed: false })
    return begun
  })
  const runs = told.flatMap((update) => update.runs)
  expect(new Set(runs.map((run) => run.traceId))).toEqual(new Set([summed, begun]))
})

test('a burst of new runs is named, and left to its summaries', async () => {
  const traceIds = Array.from({ length: 20 }, newTrace)
  const told = await hear(async () => {
    await api.put({ spans: traceIds.map(startOf), isSummed: false })
    return traceIds.at(-1) ?? ''
  })
  expect(told.flatMap((update) => update.runs)).toEqual([])
})
