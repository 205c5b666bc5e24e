import type { FeedUpdate } from '@clew/api'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { firstKey, openTestStandalone, type TestStandalone } from './testing/open-test-standalone.ts'
import { postSpans } from './testing/otlp-run.ts'

let clew: TestStandalone
beforeAll(async () => {
  clew = await openTestStandalone()
})
afterAll(() => clew.stop())

interface Watcher {
  updates: FeedUpdate[]
  ids: string[]
  close(): void
}

/** Resolves once the stream has told its cursor, so that nothing which happens later is missed. */
async function watchFeed(lastEventId?: string): Promise<Watcher> {
  const { client, projectId } = clew
  const watcher: Watcher = { updates: [], ids: [], close: () => {} }
  const input = { projectId, ...(lastEventId === undefined ? {} : { lastEventId }) }
  const subscription = client.feed.events.subscribe(input, {
    onData: ({ id, data }) => {
      watcher.ids.push(id)
      watcher.updates.push(data)
    },
  })
  watcher.close = () => subscription.unsubscribe()
  if (lastEventId === undefined) {
    await vi.waitFor(() => {
      if (watcher.updates.length === 0) throw new Error('the stream has not told its cursor yet')
    }, 10_000)
  }
  return watcher
}

function postRun(digit: string) {
  const startMs = Date.now() - 1000
  const span = {
    traceId: digit.repeat(32),
    spanId: digit.repeat(16),
    name: 'support',
    startMs,
    endMs: startMs + 5,
  }
  return postSpans({ url: clew.url, key: firstKey }, [span])
}

function runsSeen({ updates }: Watcher): string[] {
  return updates.flatMap((update) => update.runs.map((run) => run.traceId))
}

test('a new run is told with its summary', async () => {
  const watcher = await watchFeed()
  expect(watcher.updates[0]).toMatchObject({ runs: [], isResync: false })
  await postRun('1')
  await vi.waitFor(() => expect(runsSeen(watcher)).toContain('1'.repeat(32)), 10_000)
  watcher.close()
  const seqs = watcher.updates.map((update) => update.entry.seq)
  expect(seqs).toEqual([...new Set(seqs)].toSorted((a, b) => a - b))
  expect(watcher.ids).toEqual(seqs.map(String))
})

test('a watcher who was away hears what happened meanwhile', async () => {
  const before = await watchFeed()
  before.close()
  await postRun('2')
  await postRun('3')
  const after = await watchFeed(before.ids.at(-1))
  await vi.waitFor(() => {
    expect(runsSeen(after)).toEqual(expect.arrayContaining(['2'.repeat(32), '3'.repeat(32)]))
  }, 10_000)
  after.close()
  expect(after.updates.some((update) => update.isResync)).toBe(false)
})

test('a cursor that the feed no longer knows is told to read again', async () => {
  const watcher = await watchFeed('999999999')
  await vi.waitFor(() => expect(watcher.updates[0]).toMatchObject({ isResync: true, runs: [] }), 10_000)
  watcher.close()
})
