import { reduceRun, type LiveRun, type RunEvent } from '@clew/domain'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { firstKey, openTestStandalone, type TestStandalone } from './testing/open-test-standalone.ts'
import { postSpans, type OtlpSpan } from './testing/otlp-run.ts'
import { readEvents, type StreamedEvent } from './testing/read-events.ts'

let clew: TestStandalone
beforeAll(async () => {
  clew = await openTestStandalone()
})
afterAll(() => clew.stop())

let traceCount = 0
function newTraceId(): string {
  traceCount += 1
  return traceCount.toString(16).padStart(32, 'a')
}

function post(spans: OtlpSpan[]) {
  return postSpans({ url: clew.url, key: firstKey }, spans)
}

function openStream(
  traceId: string,
  options: { lastEventId?: string; signal?: AbortSignal; search?: string } = {},
) {
  const { lastEventId, signal, search = '' } = options
  return fetch(`${clew.url}/v1/traces/${traceId}/stream${search}`, {
    headers: {
      authorization: `Bearer ${firstKey}`,
      ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }),
    },
    ...(signal === undefined ? {} : { signal }),
  })
}

async function readAll(response: Response): Promise<StreamedEvent[]> {
  const events: StreamedEvent[] = []
  for await (const event of readEvents(response)) events.push(event)
  return events
}

/** A root and its steps, each of which starts, then ends. */
function makeRun(traceId: string, steps: number) {
  const startMs = Date.now() - 60_000
  const root = { traceId, spanId: 'f'.repeat(16), name: 'support', startMs }
  const step = (index: number): OtlpSpan => ({
    traceId,
    spanId: (index + 1).toString(16).padStart(16, '0'),
    parentSpanId: root.spanId,
    name: `step ${index}`,
    startMs: startMs + 10 * index,
  })
  const starts = Array.from({ length: steps }, (_, index) => step(index))
  return {
    started: root,
    ended: { ...root, endMs: startMs + 5000 },
    starts,
    ends: starts.map((span) => ({
      ...span,
      endMs: span.startMs + 5,
      attributes: { 'output.value': span.name },
    })),
  }
}

test('a watcher sees a snapshot, each start and end, totals, then the end, and the stream closes', async () => {
  const traceId = newTraceId()
  const { started, ended, starts, ends } = makeRun(traceId, 1)
  await post([started])
  const events: StreamedEvent[] = []
  const seen = (async () => {
    for await (const event of readEvents(await openStream(traceId))) events.push(event)
  })()
  const types = () => events.map((event) => event.type)
  await vi.waitFor(() => expect(types()).toContain('snapshot'), 10_000)
  await post(starts)
  await vi.waitFor(() => expect(types()).toContain('span-start'), 10_000)
  await post(ends)
  await vi.waitFor(() => expect(types()).toContain('span-end'), 10_000)
  await post([ended])
  await seen
  expect(types().at(-1)).toBe('end')
  expect(types()).toContain('totals')
  expect(new Set(events.map((event) => event.id)).size).toBe(events.length)
})

test('a watcher who is cut again and again ends with what the store holds', async () => {
  const traceId = newTraceId()
  const { started, ended, starts, ends } = makeRun(traceId, 12)
  await post([started])
  let state: LiveRun | undefined
  let lastEventId: string | undefined
  let cuts = 0
  const isOver = () => state?.endReason !== undefined
  const watch = async () => {
    while (!isOver()) {
      const aborter = new AbortController()
      const cutAfter = 1 + ((cuts * 7) % 4)
      let received = 0
      try {
        const response = await openStream(traceId, {
          signal: aborter.signal,
          ...(lastEventId === undefined ? {} : { lastEventId }),
        })
        for await (const { id, data } of readEvents(response)) {
          state = reduceRun(state, [data])
          lastEventId = id
          received += 1
          if (received >= cutAfter && !isOver()) {
            cuts += 1
            aborter.abort()
            break
          }
        }
      } catch (error) {
        if (!aborter.signal.aborted) throw error
      }
    }
  }
  const watching = watch()
  for (const [index, start] of starts.entries()) {
    await post([start])
    const end = ends[index]
    if (end !== undefined) await post([end])
  }
  await post([ended])
  await watching
  const { client, projectId } = clew
  const run = await client.runs.get.query({ projectId, traceId })
  expect(cuts).toBeGreaterThan(2)
  expect(state?.spans).toEqual(run.spans)
  expect(state?.trace).toEqual(run.trace)
})

test('a watcher who comes back to a run where nothing happened hears nothing twice', async () => {
  const traceId = newTraceId()
  await post([makeRun(traceId, 0).ended])
  const { client, projectId } = clew
  const filter = { where: { field: 'traceId', op: '=' as const, value: traceId } }
  await vi.waitFor(
    async () => expect(await client.runs.count.query({ projectId, filter })).toEqual({ count: 1 }),
    10_000,
  )
  const first = await readAll(await openStream(traceId))
  expect(first.map((event) => event.type)).toEqual(['snapshot', 'end'])
  const again = await readAll(await openStream(traceId, { lastEventId: first[0]?.id ?? '' }))
  expect(again.map((event) => event.type)).toEqual(['end'])
})

test('a cursor from another life starts over with a snapshot', async () => {
  const traceId = newTraceId()
  await post([makeRun(traceId, 0).ended])
  const types: string[] = []
  for await (const { type } of readEvents(await openStream(traceId, { lastEventId: 'x-17' })))
    types.push(type)
  expect(types).toEqual(['snapshot', 'end'])
})

test('a finished run replays through the same reducer, at any speed', async () => {
  const traceId = newTraceId()
  const { ended, ends } = makeRun(traceId, 3)
  await post([ended, ...ends])
  let state: LiveRun | undefined
  for await (const { data } of readEvents(await openStream(traceId, { search: '?speed=0' }))) {
    state = reduceRun(state, [data])
  }
  const run = await clew.client.runs.get.query({ projectId: clew.projectId, traceId })
  expect(state?.spans).toEqual(run.spans)
  expect(state?.endReason).toBe('completed')
})

test('the stream comes as NDJSON for whoever asks', async () => {
  const traceId = newTraceId()
  await post([makeRun(traceId, 1).ended])
  const reply = await fetch(`${clew.url}/v1/traces/${traceId}/stream`, {
    headers: { authorization: `Bearer ${firstKey}`, accept: 'application/x-ndjson' },
  })
  const lines = (await reply.text()).split('\n').filter((line) => line !== '')
  expect(lines.map((line): string => JSON.parse(line).type)).toEqual(['snapshot', 'end'])
})

test('the typed client follows a run, and its subscription completes at the end', async () => {
  const traceId = newTraceId()
  const { started, ended } = makeRun(traceId, 0)
  await post([started])
  const { client, projectId } = clew
  const events: RunEvent[] = []
  const completed = new Promise<void>((resolve, reject) => {
    client.runs.events.subscribe(
      { projectId, traceId },
      { onData: ({ data }) => events.push(data), onComplete: resolve, onError: reject },
    )
  })
  await vi.waitFor(() => expect(events.map((event) => event.type)).toContain('snapshot'), 10_000)
  await post([ended])
  await completed
  expect(events.at(-1)).toMatchObject({ type: 'end', reason: 'completed' })
})

test('a run that does not exist is not found, in words', async () => {
  const reply = await openStream('b'.repeat(32))
  expect(reply.status).toBe(404)
  expect(await reply.json()).toEqual({ error: { code: 'not-found', message: 'There is no such run' } })
})
