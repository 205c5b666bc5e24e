import { randomBytes } from 'node:crypto'
import { reduceRun, type ChatEvent, type LiveRun, type RunEvent } from '@clew/domain'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { makeSpan } from '../testing/make-span.ts'
import { openTestApi, type TestApi } from '../testing/open-test-api.ts'
import { readStream } from '../testing/read-stream.ts'

let api: TestApi
beforeAll(async () => {
  api = await openTestApi()
})
afterAll(() => api.close())

const hex = (bytes: number) => randomBytes(bytes).toString('hex')
const idOf = (number: number) => String(number).padStart(16, '0')

interface Asking {
  on?: 0 | 1
  key?: string
  after?: string | undefined
  signal?: AbortSignal
  accept?: string
}

function ask(path: string, options: Asking = {}) {
  const { on = 0, key = api.key, after, signal, accept = 'text/event-stream' } = options
  return fetch(api.urls[on] + path, {
    headers: {
      authorization: `Bearer ${key}`,
      accept,
      ...(after === undefined ? {} : { 'last-event-id': after }),
    },
    ...(signal === undefined ? {} : { signal }),
  })
}

async function readJson<Body>(path: string): Promise<Body> {
  return JSON.parse(await (await ask(path)).text())
}

async function readAll<Event>(stream: AsyncIterable<Event>): Promise<Event[]> {
  const events: Event[] = []
  for await (const event of stream) events.push(event)
  return events
}

/** Reads a run to its end over a line that is cut at random, and taken up each time after the last event. */
async function followCut(of: {
  traceId: string
  cutsWanted: number
  next: () => 0 | 1
  onCut: (cuts: number) => void
}) {
  let state: LiveRun | undefined
  let after: string | undefined
  let cuts = 0
  const told: string[] = []
  while (state?.endReason === undefined) {
    const cutter = new AbortController()
    const timer = AbortSignal.timeout(5 + Math.floor(Math.random() * 150))
    const isCutting = cuts < of.cutsWanted
    const signal = isCutting ? AbortSignal.any([timer, cutter.signal]) : cutter.signal
    let left = Math.floor(Math.random() * 4)
    try {
      const reply = await ask(`/v1/traces/${of.traceId}/stream`, { on: of.next(), after, signal })
      for await (const { id, type, data } of readStream<RunEvent>(reply)) {
        state = reduceRun(state, [data])
        after = id
        told.push(`${id} ${type}`)
        left -= 1
        if (isCutting && left <= 0 && data.type !== 'end') cutter.abort()
      }
    } catch (error) {
      if (!signal.aborted) throw error
      cuts += 1
      of.onCut(cuts)
    }
  }
  return { state, told }
}

/** A run whose agent goes on with steps until it is told to stop. */
async function playRun(traceId: string, isDone: () => boolean): Promise<void> {
  const root = { traceId, spanId: idOf(1), name: 'desk', kind: 'AGENT' as const, startMs: Date.now() }
  await api.put({ spans: [makeSpan(root)] })
  for (let number = 2; !isDone(); number += 1) {
    const step = {
      traceId,
      spanId: idOf(number),
      parentSpanId: idOf(1),
      kind: 'TOOL' as const,
      startMs: Date.now(),
    }
    await api.put({ spans: [makeSpan(step)] })
    await api.put({ spans: [makeSpan({ ...step, endMs: Date.now() })] })
  }
  await api.put({ spans: [makeSpan({ ...root, endMs: Date.now() })] })
}

async function followWhilePlayed(cutsWanted: number, next: () => 0 | 1) {
  const traceId = hex(16)
  let cuts = 0
  const playing = playRun(traceId, () => cuts >= cutsWanted)
  await vi.waitFor(async () => expect((await ask(`/v1/traces/${traceId}`)).status).toBe(200), 10_000)
  const onCut = (count: number) => (cuts = count)
  const [{ state, told }] = await Promise.all([followCut({ traceId, cutsWanted, next, onCut }), playing])
  const stored = await readJson<Pick<LiveRun, 'spans' | 'trace'>>(`/v1/traces/${traceId}`)
  expect(state?.spans).toEqual(stored.spans)
  expect(state?.trace).toEqual(stored.trace)
  return { told, cuts }
}

describe('a run', () => {
  test('read over a line that is cut 200 times ends as the store holds it, nothing lost or told twice', async () => {
    const { told, cuts } = await followWhilePlayed(200, () => 0)
    expect(cuts).toBe(200)
    expect(new Set(told).size).toBe(told.length)
    expect(told.filter((one) => one.endsWith(' snapshot'))).toHaveLength(1)
    expect(told.at(-1)).toMatch(/ end$/)
  }, 300_000)

  test('read by turns from two processes behind one database ends as the store holds it', async () => {
    let turn = 0
    const { cuts } = await followWhilePlayed(20, () => (turn++ % 2 === 0 ? 0 : 1))
    expect(cuts).toBe(20)
  }, 120_000)

  test('builds itself from children that come before their parent', async () => {
    const traceId = hex(16)
    const startMs = Date.now() - 1000
    const child = makeSpan({ traceId, spanId: idOf(2), parentSpanId: idOf(1), startMs, endMs: startMs + 5 })
    await api.put({ spans: [child] })
    const events = readStream<RunEvent>(await ask(`/v1/traces/${traceId}/stream`))
    let state = reduceRun(undefined, [(await events.next()).value.data])
    expect(state?.trace.status).toBe('running')
    await api.put({ spans: [makeSpan({ traceId, spanId: idOf(1), startMs, endMs: startMs + 9 })] })
    for await (const { data } of events) state = reduceRun(state, [data])
    expect(state?.endReason).toBe('completed')
    expect(state?.spans.map((span) => [span.spanId, span.state])).toEqual([
      [idOf(1), 'ended'],
      [idOf(2), 'ended'],
    ])
  })

  test('comes as NDJSON for whoever asks, with the same ids', async () => {
    const traceId = hex(16)
    const startMs = Date.now() - 5000
    await api.put({ spans: [makeSpan({ traceId, spanId: idOf(1), startMs, endMs: startMs + 9 })] })
    const path = `/v1/traces/${traceId}/stream`
    const text = await (await ask(path, { accept: 'application/x-ndjson' })).text()
    const lines = text
      .split('\n')
      .filter((line) => line !== '')
      .map((line): { id: string; type: string } => JSON.parse(line))
    expect(lines.map(({ type }) => type)).toEqual(['snapshot', 'end'])
    expect(
      (await readAll(readStream(await ask(path, { after: lines[0]?.id })))).map(({ type }) => type),
    ).toEqual(['end'])
    expect((await ask(path, { after: lines[1]?.id })).status).toBe(204)
  })
})

test.each([0, 1] as const)('process %i closes the streams of a revoked key within a second', async (on) => {
  const { id, secret } = await api.createKey()
  const traceId = hex(16)
  await api.put({ spans: [makeSpan({ traceId, spanId: idOf(1), startMs: Date.now() })] })
  const run = readStream<RunEvent>(await ask(`/v1/traces/${traceId}/stream`, { on, key: secret }))
  expect((await run.next()).value).toMatchObject({ type: 'snapshot' })
  const now = readStream(await ask('/v1/now/stream', { on, key: secret }))
  expect((await now.next()).value).toMatchObject({ type: 'runs.changed' })
  const revokedAt = performance.now()
  await api.revokeKey(id)
  const refused = { type: 'error', data: { error: { code: 'revoked-key' } } }
  expect((await Promise.all([run.next(), now.next()])).map(({ value }) => value)).toMatchObject([
    refused,
    refused,
  ])
  expect(performance.now() - revokedAt).toBeLessThan(1000)
  expect((await run.next()).done).toBe(true)
  expect((await now.next()).done).toBe(true)
})

test('a task is its part of its run, and its stream ends with it while the run goes on', async () => {
  const traceId = hex(16)
  const startMs = Date.now()
  const task = { id: `job-${traceId}` }
  const root = { traceId, spanId: idOf(1), name: 'desk', kind: 'AGENT' as const, startMs }
  const own = { traceId, spanId: idOf(2), parentSpanId: idOf(1), kind: 'TASK' as const, task, startMs }
  const other = { traceId, spanId: idOf(3), parentSpanId: idOf(1), kind: 'TOOL' as const, startMs }
  const inside = { traceId, spanId: idOf(4), parentSpanId: idOf(2), kind: 'TOOL' as const, startMs }
  await api.put({ spans: [makeSpan(root), makeSpan(own), makeSpan(other)] })
  const events = readStream<RunEvent>(await ask(`/v1/tasks/${task.id}/stream`))
  let state = reduceRun(undefined, [(await events.next()).value.data])
  expect(state?.spans.map(({ spanId }) => spanId)).toEqual([idOf(2)])
  await api.put({ spans: [makeSpan(inside)] })
  await api.put({
    spans: [
      makeSpan({ ...inside, endMs: Date.now() }),
      makeSpan({ ...own, status: 'error', endMs: Date.now() }),
    ],
  })
  for await (const { data } of events) state = reduceRun(state, [data])
  expect(state?.endReason).toBe('failed')
  expect(state?.spans.map(({ spanId, state: stands }) => [spanId, stands])).toEqual([
    [idOf(2), 'ended'],
    [idOf(4), 'ended'],
  ])
  expect((await readJson<Pick<LiveRun, 'trace'>>(`/v1/traces/${traceId}`)).trace.status).toBe('running')
  const replayed = await readAll(readStream<RunEvent>(await ask(`/v1/tasks/${task.id}/stream?speed=0`)))
  expect(replayed.at(-1)).toMatchObject({ type: 'end', data: { reason: 'failed' } })
})

describe('a chat', () => {
  const sessionId = `chat-${hex(4)}`

  function makeTurn(traceId: string) {
    const startMs = Date.now()
    const base = { traceId, startMs, sessionId }
    return {
      agent: {
        ...base,
        spanId: idOf(1),
        name: 'desk',
        kind: 'AGENT' as const,
        agent: { name: 'desk' },
        input: 'hello',
      },
      decide: { ...base, spanId: idOf(2), parentSpanId: idOf(1), kind: 'LLM' as const, model: 'm-1' },
      tool: {
        ...base,
        spanId: idOf(3),
        parentSpanId: idOf(1),
        kind: 'TOOL' as const,
        tool: { name: 'refund' },
      },
      approval: { ...base, spanId: idOf(4), parentSpanId: idOf(3), kind: 'APPROVAL' as const, name: 'ask' },
      answer: { ...base, spanId: idOf(5), parentSpanId: idOf(1), kind: 'LLM' as const, model: 'm-1' },
    }
  }

  test('is told in the words of agent streams while it happens, and ends when its runs have', async () => {
    const traceId = hex(16)
    const { agent, decide, tool, approval, answer } = makeTurn(traceId)
    await api.put({ spans: [makeSpan(agent), makeSpan(decide)] })
    const told: ChatEvent[] = []
    const reading = (async () => {
      let after: string | undefined
      while (told.at(-1)?.type !== 'end') {
        const events = readStream<ChatEvent>(await ask(`/v1/chats/${sessionId}/stream`, { after }))
        for await (const { id, data } of events) {
          told.push(data)
          after = id
          if (told.length % 5 === 0) break
        }
      }
    })()
    const seen = (type: ChatEvent['type']) =>
      vi.waitFor(() => expect(told.map((event) => event.type)).toContain(type), 10_000)
    const at = { seq: 0, atUnixNano: `${Date.now()}000000` }
    const streamed = (): string =>
      told.flatMap((event) => (event.type === 'content.delta' ? [event.text] : [])).join('')
    await seen('turn.started')
    for (const [deltaSeq, text] of ['{"id', '":1}'].entries()) {
      const delta = {
        ...at,
        type: 'delta' as const,
        spanId: decide.spanId,
        deltaSeq,
        channel: 'arguments' as const,
        text,
      }
      // The ingest keeps the record beside the event that it stands for.
      const log = {
        traceId,
        spanId: decide.spanId,
        timeUnixNano: at.atUnixNano,
        eventName: 'clew.delta',
        attributes: {
          'clew.delta.seq': BigInt(deltaSeq),
          'clew.delta.channel': 'arguments',
          'clew.delta.text': text,
        },
        resource: {},
        scope: 'test',
      }
      await api.put({ events: [{ traceId, id: `delta/${deltaSeq}`, event: delta }], logs: [log] })
    }
    // A piece that is read together with the end of its span is left out: the end says it whole.
    await vi.waitFor(() => expect(streamed()).toBe('{"id":1}'), 10_000)
    await api.put({ spans: [makeSpan({ ...decide, endMs: Date.now() }), makeSpan(tool), makeSpan(approval)] })
    await seen('approval.required')
    const decision = { decision: 'approve', by: 'Marta' }
    await api.put({ spans: [makeSpan({ ...approval, approval: decision, endMs: Date.now() })] })
    await seen('approval.resolved')
    await api.put({ spans: [makeSpan({ ...tool, status: 'error', errorMessage: '503', endMs: Date.now() })] })
    await seen('error')
    const now = Date.now()
    const usage = { input: 7, output: 2, total: 9 }
    await api.put({ spans: [makeSpan({ ...answer, usage, output: 'done', startMs: now, endMs: now + 1 })] })
    await api.put({ spans: [makeSpan({ ...agent, output: 'done', endMs: now + 2 })] })
    await reading
    const types = told.map((event) => event.type)
    const order: ChatEvent['type'][] = [
      'run.started',
      'turn.started',
      'content.delta',
      'tool.started',
      'approval.required',
      'approval.resolved',
      'tool.completed',
      'error',
      'turn.completed',
      'usage.updated',
      'run.state_changed',
      'end',
    ]
    const places = order.map((type) => types.indexOf(type))
    expect(places).toEqual(places.toSorted((a, b) => a - b))
    expect(types).not.toContain('resync')
    expect(told.map(({ seq }) => seq)).toEqual(told.map((_, index) => index + 1))
    expect(streamed()).toBe('{"id":1}')
    expect(types.filter((type) => type === 'turn.completed')).toHaveLength(2)
    expect(told.find((event) => event.type === 'approval.resolved')).toMatchObject(decision)
    expect(told.at(-2)).toMatchObject({ type: 'run.state_changed', status: 'completed' })
  }, 60_000)

  test('that has ended replays through the same words, and again after the last id', async () => {
    const path = `/v1/chats/${sessionId}/stream?speed=0`
    const events = await readAll(readStream<ChatEvent>(await ask(path)))
    expect(events[0]).toMatchObject({ type: 'run.started' })
    expect(events.at(-1)).toMatchObject({ type: 'end', data: { reason: 'completed' } })
    expect(events.filter(({ type }) => type === 'turn.completed')).toHaveLength(2)
    const pieces = events.flatMap(({ data }) => (data.type === 'content.delta' ? [data.text] : []))
    expect(pieces).toEqual(['{"id', '":1}'])
    const rest = await readAll(readStream<ChatEvent>(await ask(path, { after: events[3]?.id })))
    expect(rest).toEqual(events.slice(4))
  })

  test('is waited with for its next turn when one says so, and tells it', async () => {
    const events = readStream<ChatEvent>(await ask(`/v1/chats/${sessionId}/stream?idle=30`))
    const seen: string[] = []
    const next = async () => {
      const { value } = await events.next()
      seen.push(value.type)
      return value.data
    }
    while ((await next()).type !== 'run.state_changed') continue
    const traceId = hex(16)
    const { agent } = makeTurn(traceId)
    await api.put({ spans: [makeSpan(agent)] })
    expect(await next()).toMatchObject({ type: 'run.started', traceId, input: 'hello' })
    await events.return(undefined)
    expect(seen).not.toContain('end')
  })

  test('asked for with a cursor that nobody remembers is told from the start, and says so', async () => {
    const events = readStream<ChatEvent>(await ask(`/v1/chats/${sessionId}/stream`, { after: '7-00000000' }))
    expect((await events.next()).value.type).toBe('resync')
    expect((await events.next()).value.type).toBe('run.started')
    await events.return(undefined)
  })
})
