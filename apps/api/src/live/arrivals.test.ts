import { randomBytes } from 'node:crypto'
import type { ChatEvent, RunEvent, RunSummary } from '@clew/domain'
import type { CanonicalSpan } from '@clew/semconv/span'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeSpan } from '../testing/make-span.ts'
import { openTestApi, type TestApi } from '../testing/open-test-api.ts'
import { readStream, type StreamedEvent } from '../testing/read-stream.ts'

let api: TestApi
beforeAll(async () => {
  api = await openTestApi()
})
afterAll(() => api.close())

const idOf = (number: number) => String(number).padStart(16, '0')

function openRun() {
  const traceId = randomBytes(16).toString('hex')
  const span = (number: number, rest: Partial<CanonicalSpan> = {}): CanonicalSpan =>
    makeSpan({
      traceId,
      spanId: idOf(number),
      ...(number > 1 && { parentSpanId: idOf(1) }),
      name: `span ${number}`,
      startMs: Date.now(),
      ...rest,
    })
  return { traceId, span }
}

/** Rows that stay on their way into the store until they are let in. */
function hold(spans: readonly CanonicalSpan[]) {
  let open: (() => void) | undefined
  const held = new Promise<void>((resolve) => (open = resolve))
  const stored = api.put({ spans, held, isSummed: false })
  return async () => {
    open?.()
    await stored
  }
}

async function follow<Data>(path: string, on: 0 | 1 = 0) {
  const aborter = new AbortController()
  const headers = { authorization: `Bearer ${api.key}`, accept: 'text/event-stream' }
  const response = await fetch(api.urls[on] + path, { headers, signal: aborter.signal })
  const events = readStream<Data>(response)
  const next = async (): Promise<StreamedEvent<Data>> => {
    const { value } = await events.next()
    if (value === undefined) throw new Error('the stream has ended')
    return value
  }
  return { next, leave: () => aborter.abort() }
}

type Telling = { traceIds: string[]; runs: RunSummary[] }

test('a step is told while it is on its way into the store, and not again once it is there', async () => {
  const { traceId, span } = openRun()
  await api.put({ spans: [span(1)] })
  const stream = await follow<RunEvent>(`/v1/traces/${traceId}/stream`)
  expect((await stream.next()).data.type).toBe('snapshot')
  const letIn = hold([span(2, { input: 'x'.repeat(1000) })])
  const { data: started } = await stream.next()
  expect(started).toMatchObject({ type: 'span-start', span: { name: 'span 2', input: 'x'.repeat(400) } })
  await letIn()
  await api.put({ spans: [span(3)] })
  let next = (await stream.next()).data
  while (next.type === 'totals') next = (await stream.next()).data
  expect(next).toMatchObject({ type: 'span-start', span: { name: 'span 3' } })
  stream.leave()
})

test('who opens a run while spans are on their way has them, too', async () => {
  const { traceId, span } = openRun()
  await api.put({ spans: [span(1)] })
  const letIn = hold([span(2)])
  const stream = await follow<RunEvent>(`/v1/traces/${traceId}/stream`)
  expect((await stream.next()).data).toMatchObject({ spans: [{ name: 'span 1' }, { name: 'span 2' }] })
  await letIn()
  stream.leave()
})

test('a run is told on the list while it is on its way, under the last entry that the feed told', async () => {
  const { traceId, span } = openRun()
  const stream = await follow<Telling>('/v1/now/stream')
  const opening = await stream.next()
  const letIn = hold([span(1)])
  const early = await stream.next()
  expect(early.data).toMatchObject({
    traceIds: [traceId],
    runs: [{ traceId, status: 'running', spanCount: 1 }],
  })
  expect(early.id).toBe(opening.id)
  await letIn()
  const stored = await stream.next()
  expect(stored.data).toMatchObject({ traceIds: [traceId], runs: [] })
  expect(Number(stored.id)).toBeGreaterThan(Number(opening.id))
  stream.leave()
})

test('an older run, of which more may be stored, is left to its summary', async () => {
  const { traceId, span } = openRun()
  await api.put({ spans: [span(1)] })
  const stream = await follow<Telling>('/v1/now/stream')
  await stream.next()
  const letIn = hold([span(2)])
  await letIn()
  const { data } = await stream.next()
  expect(data).toMatchObject({ traceIds: [traceId], runs: [{ traceId, spanCount: 2 }] })
  stream.leave()
})

test('a process that others write for tells the same, by the feed', async () => {
  const { traceId, span } = openRun()
  const list = await follow<Telling>('/v1/now/stream', 1)
  await list.next()
  await api.put({ spans: [span(1)], isSummed: false })
  expect((await list.next()).data).toMatchObject({ traceIds: [traceId], runs: [{ traceId, spanCount: 1 }] })
  const run = await follow<RunEvent>(`/v1/traces/${traceId}/stream`, 1)
  await run.next()
  await api.put({ spans: [span(2)], isSummed: false })
  expect((await run.next()).data).toMatchObject({ type: 'span-start', span: { name: 'span 2' } })
  list.leave()
  run.leave()
})

async function readSpan(traceId: string, spanId: string): Promise<unknown> {
  const input = encodeURIComponent(JSON.stringify({ json: { projectId: api.projectId, traceId, spanId } }))
  const response = await fetch(`${api.urls[0]}/trpc/runs.span?input=${input}`, {
    headers: { authorization: `Bearer ${api.key}` },
  })
  return JSON.parse(await response.text())
}

test('who asks for a span that was told early is given all of it, with what it inherits', async () => {
  const { traceId, span } = openRun()
  await api.put({ spans: [span(1, { sessionId: 'chat-1' })] })
  const stream = await follow<RunEvent>(`/v1/traces/${traceId}/stream`)
  await stream.next()
  const letIn = hold([span(2, { input: 'x'.repeat(1000) })])
  await stream.next()
  const asked = readSpan(traceId, idOf(2))
  await letIn()
  expect(await asked).toMatchObject({
    result: { data: { json: { input: 'x'.repeat(1000), sessionId: 'chat-1', inherited: ['sessionId'] } } },
  })
  stream.leave()
})

test('a chat tells a tool call that is on its way', async () => {
  const { span } = openRun()
  const sessionId = `chat-${randomBytes(4).toString('hex')}`
  await api.put({ spans: [span(1, { sessionId, kind: 'AGENT', agent: { name: 'desk' } })] })
  const stream = await follow<ChatEvent>(`/v1/chats/${sessionId}/stream`)
  const nextTool = async () => {
    let { data } = await stream.next()
    while (data.type !== 'tool.started') data = (await stream.next()).data
    return data.name
  }
  expect((await stream.next()).data.type).toBe('run.started')
  const letIn = hold([span(2, { kind: 'TOOL', name: 'look', tool: { name: 'look' } })])
  expect(await nextTool()).toBe('look')
  await letIn()
  await api.put({ spans: [span(3, { kind: 'TOOL', name: 'book', tool: { name: 'book' } })] })
  expect(await nextTool()).toBe('book')
  stream.leave()
})

test('a run is read lean where that is asked for, and whole otherwise', async () => {
  const { traceId, span } = openRun()
  await api.put({ spans: [span(1, { attributes: { team: 'blue' }, sources: { kind: 'a#direct' } })] })
  const read = async (detail: object) => {
    const input = encodeURIComponent(
      JSON.stringify({ json: { projectId: api.projectId, traceId, ...detail } }),
    )
    const headers = { authorization: `Bearer ${api.key}` }
    return JSON.parse(await (await fetch(`${api.urls[0]}/trpc/runs.get?input=${input}`, { headers })).text())
  }
  const [whole] = (await read({})).result.data.json.spans
  const [lean] = (await read({ detail: 'lean' })).result.data.json.spans
  expect(whole).toMatchObject({ name: 'span 1', attributes: { team: 'blue' }, sources: { kind: 'a#direct' } })
  expect(lean).toMatchObject({ name: 'span 1', attributes: {} })
  expect(lean).not.toHaveProperty('sources')
})
