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

test('a run is told with its first spans, before anybody has summed it up, and once', async () => {
  const traceId = newTrace()
  const other = newTrace()
  const told = await hear(async () => {
    await api.put({ spans: [startOf(traceId)], isSummed: false })
    await api.put({ spans: [{ ...startOf(traceId), spanId: '2'.repeat(16) }], isSummed: false })
    await api.put({ spans: [startOf(other)], isSummed: false })
    return other
  })
  const runs = told.flatMap((update) => update.runs)
  expect(runs.map((run) => run.traceId).toSorted()).toEqual([traceId, other].toSorted())
  expect(runs.map(({ name, status }) => [name, status])).toEqual([
    ['plan a trip', 'running'],
    ['plan a trip', 'running'],
  ])
})

test('a burst of new runs is named, and left to its summaries', async () => {
  const traceIds = Array.from({ length: 20 }, newTrace)
  const told = await hear(async () => {
    await api.put({ spans: traceIds.map(startOf), isSummed: false })
    return traceIds.at(-1) ?? ''
  })
  expect(told.flatMap((update) => update.runs)).toEqual([])
})
