import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gunzipSync } from 'node:zlib'
import type { OtlpTraces } from '@clew/semconv/export'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { makeLogs, makeSpan, makeTraces } from '../testing/make-export.ts'
import { openTestIngest, type TestIngest } from '../testing/open-test-ingest.ts'

interface Taken {
  url: string | undefined
  headers: Record<string, unknown>
  body: OtlpTraces
}

interface Collector {
  url: string
  taken: Taken[]
  /** Statuses to answer with before it takes anything. */
  refusals: number[]
  close(): Promise<void>
}

async function openCollector(): Promise<Collector> {
  const taken: Taken[] = []
  const refusals: number[] = []
  const server: Server = createServer((req, res) => {
    const chunks: Buffer[] = []
    req.on('data', (chunk: Buffer) => chunks.push(chunk))
    req.on('end', () => {
      const refusal = refusals.shift()
      if (refusal !== undefined) {
        res.writeHead(refusal, { 'retry-after': '0' }).end()
        return
      }
      const body: OtlpTraces = JSON.parse(gunzipSync(Buffer.concat(chunks)).toString())
      taken.push({ url: req.url, headers: req.headers, body })
      res.writeHead(200, { 'content-type': 'application/json' }).end('{}')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a TCP server has such an address
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    taken,
    refusals,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

let collector: Collector
let ingest: TestIngest
beforeEach(async () => {
  collector = await openCollector()
  ingest = await openTestIngest({
    forward: { url: collector.url, headers: { 'x-tenant': 'one' } },
  })
})
afterEach(async () => {
  await ingest.close()
  await collector.close()
})

const traceId = 'abcdef00000000000000000000000001'
const send = (spanId: string, more: object = {}) =>
  ingest.post({ body: JSON.stringify(makeTraces([makeSpan({ traceId, spanId, ...more })])) })

test('what was stored is sent on redacted, with its types and the headers that were asked for', async () => {
  const secret = ['sk-', 'proj-', 'aB3dE5gH7jK9mN1pQ2sT4vW6yZ8bC0dF'].join('')
  await send('1111111111111111', { attributes: { note: `key ${secret}`, count: 2n ** 60n } })
  await ingest.post({
    path: '/v1/logs',
    body: JSON.stringify(makeLogs([{ body: { stringValue: `said ${secret}` } }])),
  })
  await vi.waitFor(() => expect(collector.taken.map(({ url }) => url)).toEqual(['/v1/traces', '/v1/logs']))
  const [traces] = collector.taken
  expect(traces?.headers).toMatchObject({ 'x-tenant': 'one', 'content-type': 'application/json' })
  expect(JSON.stringify(collector.taken)).not.toContain(secret)
  const [span] = traces?.body.resourceSpans[0]?.scopeSpans[0]?.spans ?? []
  expect(span?.attributes).toContainEqual({ key: 'count', value: { intValue: String(2n ** 60n) } })
})

test('a collector that is busy is asked again, one that refuses is not, and both are counted', async () => {
  collector.refusals.push(503, 429)
  await send('1111111111111111')
  await vi.waitFor(() => expect(collector.taken).toHaveLength(1), { timeout: 5000 })
  collector.refusals.push(400)
  await send('2222222222222222')
  await vi.waitFor(async () => {
    const counts = await ingest.metrics()
    expect(counts.get('clew_forward_failures_total{signal="traces"}')).toBe(2)
    expect(counts.get('clew_forward_records_total{signal="traces"}')).toBe(1)
    expect(counts.get('clew_forward_dropped_records_total{reason="refused"}')).toBe(1)
  })
})

test('a collector that is away costs no acknowledgement', async () => {
  await collector.close()
  expect((await send('1111111111111111')).status).toBe(200)
  await vi.waitFor(async () => {
    const counts = await ingest.metrics()
    expect(counts.get('clew_forward_failures_total{signal="traces"}')).toBeGreaterThan(0)
  })
})

test('what was forwarded from here before is stored, but never sent round again', async () => {
  await send('1111111111111111')
  await vi.waitFor(() => expect(collector.taken).toHaveLength(1))
  const body = JSON.stringify(collector.taken[0]?.body)
  expect((await ingest.post({ body })).status).toBe(200)
  await send('3333333333333333')
  await vi.waitFor(() => expect(collector.taken).toHaveLength(2))
  const ids = collector.taken.flatMap(({ body: { resourceSpans } }) =>
    resourceSpans.flatMap(({ scopeSpans }) =>
      scopeSpans.flatMap(({ spans }) => spans.map(({ spanId }) => spanId)),
    ),
  )
  expect(ids).toEqual(['1111111111111111', '3333333333333333'])
})
