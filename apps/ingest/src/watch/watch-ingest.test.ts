import { gzipSync } from 'node:zlib'
import { listIngestReports, type IngestReport } from '@clew/control'
import { fail, type Result } from '@clew/domain'
import { createRedactor, type Redactor } from '@clew/privacy'
import type { InsertBatch, Store, StoreFailure } from '@clew/store'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { makeLogs, makeSpan, makeTraces, testNowMs, toProtobuf } from '../testing/make-export.ts'
import { openTestIngest, type TestIngest } from '../testing/open-test-ingest.ts'

/** What no log may ever hold; no rule of redaction knows it. */
const canary = 'ZQ-canary-of-a-payload'
const day = 86_400_000

type Fault = (batch: InsertBatch) => Promise<Result<void, StoreFailure>>
let fault: Fault | undefined
let hasBug = false
let ingest: TestIngest

function withFaults(store: Store): Store {
  return { ...store, insertBatch: (batch) => fault?.(batch) ?? store.insertBatch(batch) }
}

function trippingRedactor(): Redactor {
  const redactor = createRedactor()
  return new Proxy(redactor, {
    get: (target, name, receiver) => {
      if (hasBug) throw new TypeError(`cannot read ${canary}`)
      const value: unknown = Reflect.get(target, name, receiver)
      return value
    },
  })
}

const away: Fault = () => Promise.resolve(fail({ code: 'unavailable', message: 'connection refused' }))

beforeAll(async () => {
  ingest = await openTestIngest({
    wrapStore: withFaults,
    redactor: trippingRedactor(),
    limits: { reportEveryMs: 50 },
  })
})
afterAll(() => ingest.close())
beforeEach(async () => {
  fault = undefined
  hasBug = false
  await ingest.restart()
})

let ids = 0
const newSpan = (options: Parameters<typeof makeSpan>[0] = {}) => {
  ids += 1
  return makeSpan({ spanId: ids.toString(16).padStart(16, '0'), ...options })
}
const post = (spans: readonly ReturnType<typeof makeSpan>[]): Promise<Response> =>
  ingest.post({ body: JSON.stringify(makeTraces(spans)) })

async function report(): Promise<IngestReport> {
  const [newest] = await listIngestReports(ingest.control)
  if (newest === undefined) throw new Error('the ingest has not reported')
  return newest.report
}

describe('/metrics', () => {
  test('counts what was received, accepted, inserted, and rejected by reason', async () => {
    await post([newSpan(), newSpan(), newSpan({ startMs: testNowMs + 2 * day }), newSpan({ spanId: '0' })])
    await post([newSpan()])
    await ingest.post({ body: '{' })
    const metrics = await ingest.metrics()
    const count = (name: string, labels = 'signal="traces"') => metrics.get(`clew_ingest_${name}{${labels}}`)
    expect(count('received_records_total')).toBe(5)
    expect(count('accepted_records_total')).toBe(3)
    expect(count('inserted_records_total')).toBe(3)
    expect(count('rejected_records_total', 'signal="traces",reason="in-future"')).toBe(1)
    expect(count('rejected_records_total', 'signal="traces",reason="bad-id"')).toBe(1)
    expect(count('refused_requests_total', 'signal="traces",reason="broken-body"')).toBe(1)
    expect(metrics.get('clew_ingest_batch_records_count')).toBe(2)
    expect(metrics.get('clew_ingest_batch_records_sum')).toBe(3)
    expect(metrics.get('clew_ingest_batch_bytes_count')).toBe(2)
    expect(metrics.get('clew_ingest_lag_seconds_count')).toBe(2)
    expect(metrics.get('clew_ingest_pending_bytes')).toBe(0)
    expect(metrics.get('clew_ingest_pending_bytes_limit')).toBeGreaterThan(0)
  })

  test('shows the spool while the store is away, and the lag once it is back', async () => {
    await ingest.restart({ replayEveryMs: 100 })
    fault = away
    await post([newSpan(), newSpan()])
    await vi.waitFor(async () => {
      const metrics = await ingest.metrics()
      expect(metrics.get('clew_ingest_store_away')).toBe(1)
      expect(metrics.get('clew_ingest_spool_files')).toBe(1)
      expect(metrics.get('clew_ingest_spool_bytes')).toBeGreaterThan(0)
      expect(metrics.get('clew_ingest_spooled_records_total{signal="traces"}')).toBe(2)
      expect(metrics.get('clew_ingest_inserted_records_total{signal="traces"}')).toBeUndefined()
    }, 5000)
    fault = undefined
    await vi.waitFor(async () => {
      const metrics = await ingest.metrics()
      expect(metrics.get('clew_ingest_store_away')).toBe(0)
      expect(metrics.get('clew_ingest_spool_files')).toBe(0)
      expect(metrics.get('clew_ingest_inserted_records_total{signal="traces"}')).toBe(2)
      expect(metrics.get('clew_ingest_lag_seconds_sum')).toBeGreaterThan(0.05)
    }, 5000)
  })
})

describe('the report to the doctor', () => {
  test('names by project what was rejected and refused, and which keys', async () => {
    const { projectId } = ingest.scope
    await post([newSpan({ startMs: testNowMs - 900 * day }), newSpan({ startMs: testNowMs - 900 * day })])
    await ingest.post({ body: 'x', headers: { 'content-type': 'text/plain' } })
    await ingest.post({ body: '{}', headers: { authorization: 'Bearer clew_sk_of_nobody_here_0d1c' } })
    await vi.waitFor(async () => {
      const { troubles, refusedKeys } = await report()
      expect(troubles).toContainEqual(
        expect.objectContaining({ kind: 'rejected-records', projectId, reason: 'too-old', count: 2 }),
      )
      expect(troubles).toContainEqual(
        expect.objectContaining({ kind: 'refused-requests', projectId, reason: 'unsupported-media' }),
      )
      expect(refusedKeys[0]).toMatchObject({ code: 'unknown-key', hint: '0d1c' })
    }, 5000)
  })

  test('says since when the store is away and what waits, and that it is over', async () => {
    fault = away
    await post([newSpan()])
    await vi.waitFor(async () => {
      const { spool } = await report()
      expect(spool).toMatchObject({
        files: 1,
        storeAwaySince: expect.any(String),
        oldestAt: expect.any(String),
      })
    }, 5000)
    fault = undefined
    await vi.waitFor(async () => {
      const { spool, summariser, disk } = await report()
      expect(spool).not.toHaveProperty('storeAwaySince')
      expect(spool).toMatchObject({ files: 0, bytes: 0 })
      expect(summariser).toEqual({ waitingTraces: expect.any(Number), behindMs: expect.any(Number) })
      expect(disk?.totalBytes).toBeGreaterThan(0)
    }, 5000)
  })

  test('is one for each spool folder, also after a restart', async () => {
    await ingest.restart()
    expect(await listIngestReports(ingest.control)).toHaveLength(1)
  })
})

const everywhere = () =>
  newSpan({
    name: canary,
    attributes: { note: canary, [canary]: 1, nested: { deep: [canary] } },
    extra: {
      events: [{ name: canary, timeUnixNano: `${testNowMs}000000`, attributes: [] }],
      status: { code: 2, message: canary },
      traceState: canary,
    },
  })

describe('no log line holds anything of a payload', () => {
  test.each<[string, () => Promise<unknown>]>([
    ['a span that is taken', () => post([everywhere()])],
    ['a span that is rejected', () => post([{ ...everywhere(), startTimeUnixNano: '1' }])],
    ['an id that is none', () => post([{ ...everywhere(), traceId: canary }])],
    [
      'a log record',
      () => {
        const record = {
          timeUnixNano: '5',
          body: { stringValue: canary },
          eventName: canary,
          traceId: canary,
        }
        return ingest.post({ path: '/v1/logs', body: JSON.stringify(makeLogs([record])) })
      },
    ],
    ['broken JSON', () => ingest.post({ body: `{"resourceSpans": ${canary}` })],
    [
      'broken protobuf',
      () => {
        const body = toProtobuf(makeTraces([newSpan({ name: canary })])).subarray(3)
        return ingest.post({ body, headers: { 'content-type': 'application/x-protobuf' } })
      },
    ],
    [
      'a body that is not what its encoding says',
      () => ingest.post({ body: canary, headers: { 'content-encoding': 'gzip' } }),
    ],
    [
      'a content type that is none',
      () => ingest.post({ body: gzipSync(canary), headers: { 'content-type': `text/${canary}` } }),
    ],
    [
      'a key that is unknown',
      () => ingest.post({ body: canary, headers: { authorization: `Bearer ${canary}${canary}` } }),
    ],
    ['a path with a query', () => ingest.post({ path: `/v1/traces?x=${canary}`, body: '{}' })],
  ])('of %s', async (_what, send) => {
    await send()
    expect(ingest.logLines.join('')).not.toContain(canary)
  })

  test('of a record that trips over a fault of ours, which is logged by its place', async () => {
    hasBug = true
    expect(await (await post([everywhere()])).json()).toMatchObject({ partialSuccess: {} })
    const lines = ingest.logLines.join('')
    expect(lines).toContain('record could not be processed')
    expect(lines).toContain('TypeError')
    expect(lines).not.toContain(canary)
  })

  test('of rows that the store rejects while it quotes them, at once and from the spool', async () => {
    const quoting: Fault = () =>
      Promise.resolve(fail({ code: 'rejected', message: `Cannot parse "${canary}"`, engineCode: '27' }))
    fault = quoting
    await post([everywhere()])
    fault = away
    await post([everywhere()])
    fault = quoting
    await vi.waitFor(() => expect(ingest.logLines.join('')).toContain('set aside'), 5000)
    expect(ingest.logLines.join('')).not.toContain(canary)
  })
})
