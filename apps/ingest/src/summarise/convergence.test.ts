import type { CanonicalLog, CanonicalSpan } from '@clew/semconv/span'
import {
  readLogs,
  readRunSummaries,
  readSpans,
  type InsertBatch,
  type RowOwner,
  type Store,
} from '@clew/store'
import { buildBatch, buildSpan, openTestStore, testNowMs, testOwner, testSpanId } from '@clew/store/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createRandom } from '../testing/mutate.ts'
import { RecentSpans } from './recent-spans.ts'
import type { SettledSummary } from './settled.ts'
import { summariseTraces } from './summarise-traces.ts'

const nowMs = testNowMs
const scope = {
  projectId: testOwner().projectId,
  retention: { metadataDays: 30, contentDays: 7 } as const,
}

let store: Store
let close: () => Promise<void>
beforeAll(async () => {
  ;({ store, close } = await openTestStore({ clock: () => nowMs }))
})
afterAll(() => close())

type Delivery = { span: CanonicalSpan } | { log: CanonicalLog }

/** All that a sender says of one run while it lasts: starts, growing snapshots, ends, log records. */
function tell(traceId: string): Delivery[] {
  const startNs = BigInt(nowMs - 60_000) * 1_000_000n
  const deliveries: Delivery[] = []
  for (let index = 0; index < 6; index += 1) {
    const isAgent = index === 0 || index === 3
    const span = buildSpan({
      traceId,
      spanId: testSpanId(index),
      name: `step ${index}`,
      kind: isAgent ? 'AGENT' : 'LLM',
      startTimeUnixNano: String(startNs + BigInt(index) * 1_000_000n),
      ...(index > 0 && { parentSpanId: testSpanId(index < 3 ? 0 : index === 3 ? 0 : 3) }),
      ...(isAgent && { agent: { name: `agent ${index}` }, sessionId: 'chat' }),
      ...(!isAgent && {
        model: 'gpt-4o-mini',
        usage: { input: 100, output: 10, total: 110 },
        output: 'all of it',
      }),
    })
    const { usage: _usage, endTimeUnixNano: _end, durationNs: _duration, ...said } = span
    const running: CanonicalSpan = { ...said, state: 'running', status: 'unset' }
    const { output: _output, ...started } = running
    const snapshots = [1n, 2n, 3n].map((number) => ({
      span: { ...running, output: `part ${number}`, attributes: { 'clew.span.snapshot': number } },
    }))
    deliveries.push({ span: started }, ...snapshots)
    // The last one never ends: its newest snapshot is what stays.
    if (index < 5) deliveries.push({ span })
    const timeUnixNano = String(startNs + BigInt(index))
    deliveries.push({
      log: {
        traceId,
        spanId: testSpanId(index),
        timeUnixNano,
        attributes: { index },
        resource: {},
        scope: 'test',
      },
    })
  }
  return deliveries
}

/**
 * In groups of its own, each received later than the one before, and each by one of the processes; now and then that
 * one summarises the trace.
 */
async function deliver(args: {
  deliveries: readonly Delivery[]
  sizeOf: () => number
  isSummarised: () => boolean
  processOf: () => Process
  token: string
  traceId: string
}): Promise<void> {
  const { deliveries, sizeOf, isSummarised, processOf, token, traceId } = args
  for (let at = 0, group = 0; at < deliveries.length; group += 1) {
    const part = deliveries.slice(at, at + sizeOf())
    at += part.length
    const owner = testOwner({ receivedAtMs: nowMs - 50_000 + group * 1000 })
    const batch = toBatch(`${token}-${group}`, part, owner)
    expect(await store.insertBatch(batch)).toEqual({ ok: true, value: undefined })
    const process = processOf()
    process.recent.add(batch)
    if (isSummarised()) await summarise(traceId, process)
  }
  await summarise(traceId, processOf())
}

function toBatch(token: string, part: readonly Delivery[], owner: RowOwner): InsertBatch {
  return buildBatch(token, {
    spans: part.flatMap((one) => ('span' in one ? [{ owner, span: one.span }] : [])),
    logs: part.flatMap((one) => ('log' in one ? [{ owner, log: one.log }] : [])),
  })
}

interface Process {
  recent: RecentSpans
  settled?: SettledSummary | undefined
}

function openProcess(bytesMax: number): Process {
  return { recent: new RecentSpans({ bytesMax }) }
}

/** True when its summary was written. */
async function summarise(traceId: string, process: Process): Promise<boolean> {
  const { recent, settled } = process
  const traces = [{ traceId, settled }]
  const summarised = await summariseTraces(store, { owner: testOwner(), traces, nowMs, recent })
  const found = summarised.get(traceId)
  if (found !== undefined) process.settled = found.settled
  return found !== undefined
}

/** All that anyone can read of the trace, without the names that tell two tellings apart. */
/** When a running span was last heard of differs by how it was told; the rest must not. */
async function stateOf(traceId: string): Promise<unknown> {
  const metrics = await store.database.query({
    sql: `SELECT * EXCEPT (ver, received_at, trace_id) FROM trace_metrics FINAL
      WHERE project_id = {projectId:String} AND trace_id = {traceId:String} AND is_deleted = 0 ORDER BY ALL`,
    params: { projectId: scope.projectId, traceId },
  })
  const spans = await readSpans(store, { ...scope, traceIds: [traceId], content: 'full' })
  const state = {
    summaries: await readRunSummaries(store, { ...scope, traceIds: [traceId] }),
    spans: spans.map(({ observedTimeUnixNano: _observed, ...span }) => span),
    logs: await readLogs(store, { ...scope, traceIds: [traceId] }),
    metrics,
  }
  return JSON.parse(JSON.stringify(state).replaceAll(traceId, 'the trace'))
}

test('whatever the order, the groups, the repeats and the process, the same state is reached', async () => {
  const told = 'a'.repeat(32)
  await deliver({
    deliveries: tell(told),
    sizeOf: () => 7,
    isSummarised: () => false,
    processOf: () => openProcess(0),
    token: 'in-order',
    traceId: told,
  })
  const expected = await stateOf(told)
  expect(expected).toMatchObject({ summaries: [{ spanCount: 6, llmCount: 4, usage: { total: 330 } }] })
  for (let seed = 1; seed <= 3; seed += 1) {
    const random = createRandom(seed)
    const traceId = seed.toString(16).padStart(32, 'b')
    // One of the processes forgets early.
    const processes = [openProcess(1_000_000), openProcess(8000)] as const
    const once = tell(traceId)
    const again = once.filter(() => random(3) === 0)
    const deliveries = [...once, ...again]
      .map((delivery) => ({ delivery, key: random(2 ** 30) }))
      .toSorted((a, b) => a.key - b.key)
      .map(({ delivery }) => delivery)
    await deliver({
      deliveries,
      sizeOf: () => 3 + random(18),
      isSummarised: () => random(2) === 0,
      processOf: () => processes[random(2) === 0 ? 0 : 1],
      token: `seed-${seed}`,
      traceId,
    })
    expect({ seed, state: await stateOf(traceId) }).toEqual({ seed, state: expected })
  }
}, 180_000)

test('a summary is written again only when it may have changed, or another process replaced it', async () => {
  const traceId = 'c'.repeat(32)
  const [one, other] = [openProcess(1_000_000), openProcess(1_000_000)]
  const insert = async (token: string, part: readonly Delivery[]) => {
    const batch = toBatch(token, part, testOwner({ receivedAtMs: nowMs - 50_000 }))
    expect(await store.insertBatch(batch)).toEqual({ ok: true, value: undefined })
    one.recent.add(batch)
  }
  const ended = tell(traceId).filter((delivery) => 'span' in delivery && delivery.span.state === 'ended')
  const logs = tell(traceId).filter((delivery) => 'log' in delivery)
  await insert('ended', ended.slice(0, 3))
  expect(await summarise(traceId, one)).toBe(true)
  expect(await summarise(traceId, one)).toBe(false)
  await insert('more', ended.slice(3))
  expect(await summarise(traceId, one)).toBe(true)
  expect(await summarise(traceId, one)).toBe(false)
  await insert('logs', logs)
  expect(await summarise(traceId, one)).toBe(true)
  expect(await summarise(traceId, one)).toBe(false)
  expect(await summarise(traceId, other)).toBe(true)
  expect(await summarise(traceId, one)).toBe(true)
  expect(await summarise(traceId, one)).toBe(false)
})

test('a run that has not ended is summarised again although nothing arrived', async () => {
  const traceId = 'd'.repeat(32)
  const process = openProcess(1_000_000)
  const root = tell(traceId).slice(0, 1)
  expect(await store.insertBatch(toBatch('running', root, testOwner()))).toEqual({
    ok: true,
    value: undefined,
  })
  expect(await summarise(traceId, process)).toBe(true)
  expect(await summarise(traceId, process)).toBe(true)
})
