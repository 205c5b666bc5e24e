import { parseOrganisationId, parseProjectId, toUnixNano } from '@clew/domain'
import type { CanonicalLog, CanonicalSpan } from '@clew/semconv/span'
import { readLogVersions, readRunEvents, type Store, type StoredRunEvent } from '@clew/store'
import { openTestStore } from '@clew/store/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ProjectScope } from '../project-scope.ts'
import { readRun } from '../reads/read-run.ts'
import { makeSpan } from '../testing/make-span.ts'
import { RunReader } from './run-reader.ts'

const organisationId = parseOrganisationId('11111111-1111-4111-8111-111111111111')
const projectId = parseProjectId('22222222-2222-4222-8222-222222222222')
if (organisationId === undefined || projectId === undefined) throw new Error('bad ids')
const ids = { organisationId, projectId }
const retention = { metadataDays: 30, contentDays: 30 } as const
const project: ProjectScope = { projectId, retention, mayReadContent: true }

const startMs = Date.now() - 600_000
const fiveHoursMs = 5 * 3_600_000
let nowMs = startMs
let store: Store
let close: () => Promise<void>
beforeAll(async () => {
  const opened = await openTestStore({ clock: () => nowMs })
  store = opened.store
  close = opened.close
})
afterAll(() => close())

let runs = 0
/** A run of its own, its clock at the run's start, and a hand to store spans as received at some moment. */
function openRun() {
  runs += 1
  nowMs = startMs
  const traceId = String(runs).padStart(32, 'a')
  let batches = 0
  const put = async (
    spans: CanonicalSpan[],
    receivedAtMs = nowMs,
    said: { logs?: CanonicalLog[]; events?: StoredRunEvent[] } = {},
  ): Promise<void> => {
    batches += 1
    const owner = { ...ids, retention, receivedAtMs }
    const stored = await store.insertBatch({
      token: `${traceId} ${batches}`,
      spans: spans.map((span) => ({ owner, span })),
      logs: (said.logs ?? []).map((log) => ({ owner, log })),
      runEvents: (said.events ?? []).map((event) => ({ owner, event })),
      scores: [],
    })
    if (!stored.ok) throw new Error(stored.error.message)
  }
  const span = (number: number, rest: { endMs?: number; output?: string } = {}): CanonicalSpan =>
    makeSpan({
      traceId,
      spanId: String(number).padStart(16, '0'),
      ...(number > 1 && { parentSpanId: String(1).padStart(16, '0') }),
      startMs: startMs + number,
      ...rest,
    })
  const reader = new RunReader({ store, project, traceId, clock: () => nowMs })
  const stored = () => readRun({ store, project, traceId, content: 'preview', now: nowMs })
  const piece = (deltaSeq: number, text: string): { logs: CanonicalLog[]; events: StoredRunEvent[] } => {
    const at = { timeUnixNano: toUnixNano(startMs + deltaSeq), spanId: String(1).padStart(16, '0') }
    const event = { seq: deltaSeq, atUnixNano: at.timeUnixNano, spanId: at.spanId, deltaSeq, text }
    return {
      logs: [
        { ...at, traceId, eventName: 'clew.delta', body: text, attributes: {}, resource: {}, scope: 'test' },
      ],
      events: [{ traceId, id: `delta/${deltaSeq}`, event: { ...event, type: 'delta', channel: 'text' } }],
    }
  }
  const subject = { projectId: project.projectId, retention, traceId }
  return { put, span, piece, reader, stored, subject }
}

test('what arrives between reads is read, and the run is the one that the store holds', async () => {
  const { put, span, reader, stored } = openRun()
  await put([span(1)])
  await reader.readWhole()
  for (let number = 2; number < 40; number += 2) {
    nowMs += 1000
    await put([span(number), span(number + 1)])
    nowMs += 200
    await put([span(number, { endMs: nowMs, output: `answer ${number}` })])
    const state = await reader.read()
    expect(state?.run).toEqual(await stored())
  }
  expect(reader.isWhole).toBe(false)
  await put([span(1, { endMs: nowMs })])
  expect((await reader.readWhole())?.run).toEqual(await stored())
  expect(reader.isWhole).toBe(true)
})

test('a marker that comes after the end of its span changes nothing', async () => {
  const { put, span, reader, stored } = openRun()
  await put([span(1), span(2, { endMs: startMs + 5, output: 'done' })])
  await reader.readWhole()
  nowMs += 20_000
  await put([span(2)])
  const state = await reader.read()
  expect(state?.run.spans[1]).toMatchObject({ state: 'ended', output: 'done' })
  expect(state?.run).toEqual(await stored())
})

test('logs and streamed pieces are kept, in order, and only what arrived is read again', async () => {
  const { put, span, piece, reader, stored, subject } = openRun()
  await put([span(1)], nowMs, piece(1, 'a'))
  const first = await reader.readWhole()
  nowMs += 20_000
  await put([], nowMs, piece(5, 'c'))
  nowMs += 20_000
  await put([], nowMs, piece(3, 'b'))
  await put([], nowMs, piece(1, 'a'))
  const state = await reader.read()
  expect(reader.isWhole).toBe(false)
  expect(state?.run).toEqual(await stored())
  expect(state?.run.logs.map(({ body }) => body)).toEqual(['a', 'b', 'c'])
  expect(state?.kept.map(({ id }) => id)).toEqual((await readRunEvents(store, subject)).map(({ id }) => id))
  const news = await readLogVersions(store, { ...subject, receivedSinceMs: nowMs })
  expect(news.map(({ log }) => log.body)).toEqual(['a', 'b'])
  // What was known keeps its object, so that it is told once without being compared in depth.
  expect(state?.run.logs[0]).toBe(first?.run.logs[0])
  expect(state?.kept[0]).toBe(first?.kept[0])
})

test('what comes by way of a spool, received long ago, is found by the next read of everything', async () => {
  const { put, span, reader, stored } = openRun()
  await put([span(1)])
  nowMs += 40_000
  await put([span(2)])
  await reader.readWhole()
  await put([span(3)], startMs)
  expect((await reader.read())?.run.spans).toHaveLength(2)
  nowMs += 61_000
  const state = await reader.read()
  expect(reader.isWhole).toBe(true)
  expect(state?.run.spans).toHaveLength(3)
  expect(state?.run).toEqual(await stored())
})

test('a read of spans alone leaves what was said for the next, which finds it', async () => {
  const { put, span, piece, reader, stored } = openRun()
  await put([span(1)])
  await reader.readWhole()
  nowMs += 1000
  await put([span(2)], nowMs, piece(1, 'a'))
  const spans = await reader.read({ spans: true, records: false })
  expect(spans?.run.spans).toHaveLength(2)
  expect(spans?.run.logs).toEqual([])
  const all = await reader.read()
  expect(reader.isWhole).toBe(false)
  expect(all?.run).toEqual(await stored())
})

test('a span that started hours before or after all that was known is found by what arrived', async () => {
  const { put, span, reader, stored } = openRun()
  await put([span(1)])
  await reader.readWhole()
  nowMs += 1000
  await put([
    { ...span(2), startTimeUnixNano: toUnixNano(startMs - fiveHoursMs) },
    { ...span(3), startTimeUnixNano: toUnixNano(startMs + fiveHoursMs) },
  ])
  const state = await reader.read()
  expect(reader.isWhole).toBe(false)
  expect(state?.run.spans).toHaveLength(3)
  expect(state?.run).toEqual(await stored())
})
