import { parseOrganisationId, parseProjectId } from '@clew/domain'
import type { CanonicalSpan } from '@clew/semconv/span'
import type { Store } from '@clew/store'
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
  const put = async (spans: CanonicalSpan[], receivedAtMs = nowMs): Promise<void> => {
    const owner = { ...ids, retention, receivedAtMs }
    const token = `${traceId} ${receivedAtMs} ${JSON.stringify(spans.map(({ spanId, state }) => spanId + state))}`
    const rows = spans.map((span) => ({ owner, span }))
    const stored = await store.insertBatch({ token, spans: rows, logs: [], runEvents: [], scores: [] })
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
  return { put, span, reader, stored }
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
