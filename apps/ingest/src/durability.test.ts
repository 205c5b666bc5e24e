import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fail, type Result } from '@clew/domain'
import { readRunSummaries, readSpans, type InsertBatch, type Store, type StoreFailure } from '@clew/store'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { makeSpan, makeTraces } from './testing/make-export.ts'
import { openTestIngest, type TestIngest } from './testing/open-test-ingest.ts'

type Fault = (batch: InsertBatch) => Promise<Result<void, StoreFailure>> | undefined

let ingest: TestIngest
let fault: Fault | undefined
let isDeaf = false
let mostTracesAsked = 0
/** A trace of which the store holds what nobody can read. */
let unreadable: string | undefined
let batches: InsertBatch[] = []

/** The real store, behind a wire that can be cut. */
function withFaults(store: Store): Store {
  return {
    arrivals: store.arrivals,
    database: {
      ...store.database,
      query: (statement) => {
        if (isDeaf) return Promise.reject(new Error('connection refused'))
        const traceIds = statement.params?.['traceIds']
        if (!Array.isArray(traceIds)) return store.database.query(statement)
        mostTracesAsked = Math.max(mostTracesAsked, traceIds.length)
        const isUnreadable = traceIds.includes(unreadable) && statement.sql.includes('FROM spans')
        return isUnreadable ? Promise.resolve([{ garbled: true }]) : store.database.query(statement)
      },
    },
    clock: store.clock,
    migrate: () => store.migrate(),
    ping: () => store.ping(),
    close: () => store.close(),
    insertBatch: (batch) => {
      batches.push(batch)
      return fault?.(batch) ?? store.insertBatch(batch)
    },
  }
}

const away: Fault = () => Promise.resolve(fail({ code: 'unavailable', message: 'connection refused' }))

beforeAll(async () => {
  ingest = await openTestIngest({ wrapStore: withFaults, limits: { insertTimeoutMs: 5000 } })
})
afterAll(() => ingest.close())
beforeEach(async () => {
  fault = undefined
  isDeaf = false
  await ingest.restart()
  await vi.waitUntil(() => spoolFiles().length === 0, { timeout: 10_000 })
  batches = []
})

let ids = 0
const newTraceId = (): string => `fedcba${(ids += 1).toString(16).padStart(26, '0')}`
const spoolFiles = (): string[] => readdirSync(ingest.spoolDir).filter((name) => name.endsWith('.batch'))
const postSpans = (traceId: string, count = 1): Promise<Response> =>
  ingest.post({
    body: JSON.stringify(
      makeTraces(
        Array.from({ length: count }, (_, at) => makeSpan({ traceId, spanId: `00000000000000${at + 10}` })),
      ),
    ),
  })
const countSpans = async (...traceIds: string[]): Promise<number> =>
  (await readSpans(ingest.store, { ...ingest.scope, traceIds, content: 'none' })).length

test('while the store is away requests are spooled and acknowledged, and come back with the store', async () => {
  fault = away
  const traceIds = [newTraceId(), newTraceId()]
  for (const traceId of traceIds) expect((await postSpans(traceId, 2)).status).toBe(200)
  expect(spoolFiles().length).toBeGreaterThan(0)
  expect(await countSpans(...traceIds)).toBe(0)
  fault = undefined
  await vi.waitFor(() => expect(spoolFiles()).toEqual([]), { timeout: 10_000 })
  expect(await countSpans(...traceIds)).toBe(4)
  await vi.waitFor(
    async () =>
      expect(await readRunSummaries(ingest.store, { ...ingest.scope, traceIds })).toMatchObject([
        { spanCount: 2 },
        { spanCount: 2 },
      ]),
    { timeout: 10_000 },
  )
})

test('what an earlier process spooled is replayed on start, under the hash of its file', async () => {
  fault = away
  const traceId = newTraceId()
  await postSpans(traceId)
  await ingest.restart({ replayEveryMs: 60_000 })
  expect(spoolFiles()).toHaveLength(1)
  fault = undefined
  batches = []
  await ingest.restart()
  await vi.waitFor(() => expect(spoolFiles()).toEqual([]), { timeout: 10_000 })
  expect(batches.map(({ token }) => token)).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/)])
  expect(await countSpans(traceId)).toBe(1)
})

test('a crash in the middle of a replay stores nothing twice, not even for a moment', async () => {
  fault = away
  const traceIds = [newTraceId(), newTraceId()]
  for (const traceId of traceIds) await postSpans(traceId)
  await ingest.restart({ replayEveryMs: 60_000 })
  expect(spoolFiles()).toHaveLength(2)
  const countRows = async (): Promise<number> => {
    const [row] = await ingest.store.database.query({
      sql: 'SELECT count() AS n FROM spans WHERE trace_id IN {traceIds:Array(String)}',
      params: { traceIds },
    })
    return Number(Reflect.get(Object(row), 'n'))
  }
  // The first file's rows are stored, and the process ends before it hears of it.
  fault = async (batch) => {
    await ingest.store.insertBatch(batch)
    return await new Promise(() => {})
  }
  await ingest.restart()
  await vi.waitFor(async () => expect(await countRows()).toBe(1), { timeout: 10_000 })
  fault = undefined
  await ingest.crash()
  await vi.waitFor(() => expect(spoolFiles()).toEqual([]), { timeout: 10_000 })
  expect(await countRows()).toBe(2)
})

test('while the store is away fewer and larger files are written', async () => {
  await ingest.restart({ spoolAgeMs: 2500, replayEveryMs: 60_000 })
  fault = away
  await postSpans(newTraceId())
  expect(spoolFiles()).toHaveLength(1)
  const posting: Promise<Response>[] = []
  for (let count = 0; count < 5; count += 1) {
    posting.push(postSpans(newTraceId()))
    await vi.waitFor(() => expect(ingest.waiting()).toBe(count + 1))
  }
  for (const response of await Promise.all(posting)) expect(response.status).toBe(200)
  expect(spoolFiles()).toHaveLength(2)
})

test('once the store took a spooled batch, what arrives does not queue behind the others', async () => {
  fault = away
  const [first, second, fresh] = [newTraceId(), newTraceId(), newTraceId()]
  for (const traceId of [first, second]) await postSpans(traceId)
  const gates: (() => void)[] = []
  fault = (batch) =>
    batch.spans.some(({ span }) => span.traceId === second)
      ? new Promise((resolve) => gates.push(() => resolve(ingest.store.insertBatch(batch))))
      : undefined
  await vi.waitFor(() => expect(gates).toHaveLength(1), { timeout: 10_000 })
  expect((await postSpans(fresh)).status).toBe(200)
  expect(spoolFiles()).toHaveLength(1)
  expect(await countSpans(first, fresh)).toBe(2)
  fault = undefined
  for (const open of gates) open()
  await vi.waitFor(() => expect(spoolFiles()).toEqual([]), { timeout: 10_000 })
})

test('a spool file holds no secret', async () => {
  fault = away
  const secret = ['sk-', 'proj-', 'aB3dE5gH7jK9mN1pQ2sT4vW6yZ8bC0dF'].join('')
  const span = makeSpan({ traceId: newTraceId(), attributes: { note: secret } })
  await ingest.post({ body: JSON.stringify(makeTraces([span])) })
  const content = spoolFiles().map((name) => readFileSync(join(ingest.spoolDir, name), 'latin1'))
  expect(content.join('')).toContain('[redacted:openai-key]')
  expect(content.join('')).not.toContain(secret)
})

test('a full spool refuses with 503 and says when to come back; nothing is acknowledged', async () => {
  await ingest.restart({ spoolBytesMax: 10 })
  fault = away
  const response = await postSpans(newTraceId())
  expect([response.status, response.headers.get('retry-after')]).toEqual([503, '10'])
})

test('a store that never answers is given up on, and the batch is kept', async () => {
  await ingest.restart({ insertTimeoutMs: 50 })
  fault = () => new Promise(() => {})
  const traceId = newTraceId()
  expect((await postSpans(traceId)).status).toBe(200)
  expect(spoolFiles()).toHaveLength(1)
  fault = undefined
  await ingest.restart()
  await vi.waitFor(async () => expect(await countSpans(traceId)).toBe(1), { timeout: 10_000 })
})

test('a store that hangs is given one batch, not one more with every attempt', async () => {
  await ingest.restart({ insertTimeoutMs: 20 })
  const gates: (() => void)[] = []
  fault = () => new Promise((resolve) => gates.push(() => resolve({ ok: true, value: undefined })))
  const traceId = newTraceId()
  expect((await postSpans(traceId)).status).toBe(200)
  // Each of these takes at least its batch's age, and a replay is due every 30 ms.
  for (let round = 0; round < 5; round += 1) expect((await postSpans(newTraceId())).status).toBe(200)
  expect(gates).toHaveLength(1)
  fault = undefined
  for (const open of gates) open()
  await vi.waitFor(async () => expect(await countSpans(traceId)).toBe(1), { timeout: 10_000 })
})

test('a row that the store rejects is named and costs the others nothing', async () => {
  fault = (batch) =>
    batch.spans.some(({ span }) => span.spanId.endsWith('13'))
      ? Promise.resolve(fail({ code: 'rejected', message: 'no such column' }))
      : undefined
  const traceId = newTraceId()
  const [response, neighbour] = await Promise.all([postSpans(traceId, 6), postSpans(newTraceId(), 1)])
  expect(await response.json()).toMatchObject({
    partialSuccess: {
      rejectedSpans: '1',
      errorMessage: expect.stringContaining('span 0000000000000013 of trace'),
    },
  })
  expect(await neighbour.json()).toEqual({})
  expect(await countSpans(traceId)).toBe(5)
})

test('a store that rejects everything is our fault: 500, and not remembered as done', async () => {
  fault = () => Promise.resolve(fail({ code: 'rejected', message: 'no such table' }))
  const traceId = newTraceId()
  expect((await postSpans(traceId, 80)).status).toBe(500)
  fault = undefined
  expect((await postSpans(traceId, 80)).status).toBe(200)
  expect(await countSpans(traceId)).toBe(80)
})

test('an unreadable spool file is set aside and does not hold up the others', async () => {
  fault = away
  const traceId = newTraceId()
  await postSpans(traceId)
  await ingest.restart({ replayEveryMs: 60_000 })
  writeFileSync(join(ingest.spoolDir, '000-broken.batch'), 'clew-spool-1\nnot a batch')
  fault = undefined
  await ingest.restart()
  await vi.waitFor(async () => expect(await countSpans(traceId)).toBe(1), { timeout: 10_000 })
  expect(readdirSync(ingest.spoolDir)).toContain('000-broken.batch.unreadable')
})

test('too much at once is answered 429 with Retry-After, and taken later', async () => {
  await ingest.restart({ pendingBytesMax: 2000 })
  const gates: (() => void)[] = []
  fault = () => new Promise((resolve) => gates.push(() => resolve({ ok: true, value: undefined })))
  const first = postSpans(newTraceId(), 5)
  await vi.waitFor(() => expect(gates).toHaveLength(1))
  const traceId = newTraceId()
  const second = await postSpans(traceId, 5)
  expect([second.status, second.headers.get('retry-after')]).toEqual([429, '2'])
  fault = undefined
  for (const open of gates) open()
  expect((await first).status).toBe(200)
  expect((await postSpans(traceId, 5)).status).toBe(200)
})

test('requests that arrive together are written together', async () => {
  await ingest.restart({ batchAgeMs: 100 })
  const traceIds = Array.from({ length: 8 }, newTraceId)
  batches = []
  const responses = await Promise.all(traceIds.map((traceId) => postSpans(traceId)))
  expect(responses.map(({ status }) => status)).toEqual(traceIds.map(() => 200))
  expect(batches.length).toBeLessThan(4)
  expect(await countSpans(...traceIds)).toBe(8)
})

test('stopping writes what was taken, and refuses the rest with 503', async () => {
  const gates: (() => void)[] = []
  fault = (batch) => new Promise((resolve) => gates.push(() => resolve(ingest.store.insertBatch(batch))))
  const traceId = newTraceId()
  const posting = postSpans(traceId)
  await vi.waitFor(() => expect(gates).toHaveLength(1))
  fault = undefined
  const restarting = ingest.restart()
  const refused = await postSpans(newTraceId())
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '2'])
  for (const open of gates) open()
  expect((await posting).status).toBe(200)
  await restarting
  expect(await countSpans(traceId)).toBe(1)
})

test('traces that a crashed process left without summary are summarised after a restart', async () => {
  await ingest.restart({ summaryDelayMs: 3_600_000 })
  const traceId = newTraceId()
  await postSpans(traceId)
  await ingest.crash()
  await vi.waitFor(
    async () =>
      expect(await readRunSummaries(ingest.store, { ...ingest.scope, traceIds: [traceId] })).toHaveLength(1),
    { timeout: 10_000 },
  )
})

test('a stop summarises all that changed, not too much at once', async () => {
  await ingest.restart({ summaryDelayMs: 3_600_000 })
  const traceIds = Array.from({ length: 430 }, newTraceId)
  await ingest.post({ body: JSON.stringify(makeTraces(traceIds.map((traceId) => makeSpan({ traceId })))) })
  mostTracesAsked = 0
  await ingest.restart()
  expect(mostTracesAsked).toBe(200)
  expect(await readRunSummaries(ingest.store, { ...ingest.scope, traceIds })).toHaveLength(430)
})

test('a trace that cannot be read costs no other its summary', async () => {
  await ingest.restart({ summaryDelayMs: 300 })
  const traceIds = Array.from({ length: 7 }, newTraceId)
  unreadable = traceIds[4]
  await ingest.post({ body: JSON.stringify(makeTraces(traceIds.map((traceId) => makeSpan({ traceId })))) })
  const summarised = async (): Promise<string[]> =>
    (await readRunSummaries(ingest.store, { ...ingest.scope, traceIds })).map(({ traceId }) => traceId)
  const others = traceIds.filter((traceId) => traceId !== unreadable)
  await vi.waitFor(async () => expect(new Set(await summarised())).toEqual(new Set(others)), {
    timeout: 10_000,
  })
  unreadable = undefined
  await vi.waitFor(async () => expect(await summarised()).toHaveLength(7), { timeout: 10_000 })
})

test('a store that is away at the start costs no summary: it is asked again until it answers', async () => {
  await ingest.restart({ summaryDelayMs: 3_600_000 })
  const traceId = newTraceId()
  await postSpans(traceId)
  isDeaf = true
  await ingest.crash()
  expect(ingest.logLines.join('')).toContain('could not look for traces without summary')
  isDeaf = false
  await vi.waitFor(
    async () =>
      expect(await readRunSummaries(ingest.store, { ...ingest.scope, traceIds: [traceId] })).toHaveLength(1),
    { timeout: 10_000 },
  )
})
