import { request } from 'node:http'
import { gzipSync } from 'node:zlib'
import {
  authenticate,
  createApiKey,
  createPriceOverride,
  listRecentRefusals,
  revokeApiKey,
  subscribeFeed,
  systemPrincipal,
} from '@clew/control'
import type { FeedEntry } from '@clew/domain'
import { listRecordings, loadRecording } from '@clew/testing'
import { readLogs, readRunEvents, readRunSummaries, readScores, readSpans } from '@clew/store'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { makeLogs, makeSpan, makeTraces, testNowMs, toProtobuf } from './testing/make-export.ts'
import { openTestIngest, type TestIngest } from './testing/open-test-ingest.ts'
import { otlpTypes } from './testing/otlp-proto.ts'

let ingest: TestIngest
beforeAll(async () => {
  ingest = await openTestIngest({
    limits: { bodyBytesMax: 200_000, inflatedBytesMax: 1_000_000, bodyTimeoutMs: 500 },
  })
})
afterAll(() => ingest.close())

let ids = 0
const newTraceId = (): string => `abcdef${(ids += 1).toString(16).padStart(26, '0')}`
const spansOf = (traceIds: string[], content: 'preview' | 'full' = 'full') =>
  readSpans(ingest.store, { ...ingest.scope, traceIds, content })
const jsonOf = (value: unknown): string => JSON.stringify(value)

describe('who may send', () => {
  test.each([
    ['no key', {}, 401, 'no API key'],
    ['an unknown key', { authorization: 'Bearer clew_unknown_0123456789abcdef0d1c' }, 401, 'no such API key'],
  ])(
    '%s is answered 401 before the body is read',
    async (_what, headers: Record<string, string>, status, message) => {
      const response = await ingest.post({
        body: 'not even json',
        headers: { authorization: '', ...headers },
      })
      expect(response.status).toBe(status)
      expect(await response.json()).toEqual({ code: 16, message: expect.stringContaining(message) })
    },
  )

  test('a refused key is told to the set-up page by its last four characters', async () => {
    expect((await listRecentRefusals(ingest.control))[0]).toMatchObject({ code: 'unknown-key', hint: '0d1c' })
  })

  test('a key without the scope is answered 403, in protobuf to those who speak it', async () => {
    const readKey = await ingest.createKey(['read'])
    const headers = { authorization: `Bearer ${readKey}`, 'content-type': 'application/x-protobuf' }
    const response = await ingest.post({ body: 'x', headers })
    expect(response.status).toBe(403)
    expect(response.headers.get('content-type')).toBe('application/x-protobuf')
    const status = otlpTypes.status.decode(new Uint8Array(await response.arrayBuffer()))
    expect(status.toJSON()).toMatchObject({ code: 7, message: expect.stringContaining('"ingest"') })
  })

  test.each([
    ['Basic', () => ({ authorization: `Basic ${btoa(`pk:${ingest.key}`)}` })],
    ['x-api-key', () => ({ authorization: '', 'x-api-key': ingest.key })],
  ])('%s is taken like Bearer, on the vendor paths too', async (_scheme, headersOf) => {
    for (const path of ['/otel/v1/traces', '/api/public/otel/v1/traces', '/v1/traces/']) {
      const response = await ingest.post({ path, body: '{}', headers: headersOf() })
      expect({ path, status: response.status }).toEqual({ path, status: 200 })
    }
  })
})

describe('what is taken', () => {
  test.each([
    ['JSON', (json: object) => jsonOf(json), {}],
    ['protobuf', (json: object) => toProtobuf({ ...json }), { 'content-type': 'application/x-protobuf' }],
    ['JSON, gzipped', (json: object) => gzipSync(jsonOf(json)), { 'content-encoding': 'gzip' }],
    [
      'protobuf, gzipped',
      (json: object) => gzipSync(toProtobuf({ ...json })),
      { 'content-encoding': 'gzip', 'content-type': 'application/x-protobuf' },
    ],
  ])('%s is stored before it is acknowledged', async (_what, encode, headers) => {
    const traceId = newTraceId()
    const body = encode(makeTraces([makeSpan({ traceId, attributes: { n: 7n } })]))
    const response = await ingest.post({ body, headers })
    expect(response.status).toBe(200)
    expect(await spansOf([traceId])).toMatchObject([{ traceId, name: 'work', attributes: { n: 7 } }])
  })

  test('metrics are answered with success, or exporters would retry for ever', async () => {
    const response = await ingest.post({ path: '/v1/metrics', body: '{"resourceMetrics":[]}' })
    expect([response.status, await response.text()]).toEqual([200, '{}'])
  })

  test('a GET on the same paths is left to others', async () => {
    expect((await fetch(`${ingest.url}/v1/traces`)).status).toBe(404)
  })

  test('one bad span is rejected by name and costs its neighbours nothing', async () => {
    const traceId = newTraceId()
    const spans = [
      makeSpan({ traceId, spanId: '1111111111111111' }),
      makeSpan({ traceId, spanId: 'xyz' }),
      makeSpan({ traceId, spanId: '2222222222222222', startMs: testNowMs - 800 * 86_400_000 }),
      makeSpan({ traceId, spanId: '3333333333333333', startMs: testNowMs + 25 * 3_600_000 }),
      makeSpan({ traceId, spanId: '4444444444444444', extra: { attributes: 'none' } }),
      makeSpan({ traceId, spanId: '5555555555555555' }),
    ]
    const response = await ingest.post({ body: jsonOf(makeTraces(spans)) })
    expect(response.status).toBe(200)
    const reply: unknown = await response.json()
    expect(reply).toMatchObject({ partialSuccess: { rejectedSpans: '4' } })
    for (const reason of [
      'span xyz of trace',
      'spanId must be 8 bytes',
      'older than',
      '24 hours ahead',
      'attributes must be a list',
    ]) {
      expect(JSON.stringify(reply)).toContain(reason)
    }
    expect((await spansOf([traceId])).map((span) => span.spanId)).toEqual([
      '1111111111111111',
      '5555555555555555',
    ])
  })

  test('the same batch sent again, even compressed, is stored once and answered alike', async () => {
    const traceId = newTraceId()
    const body = jsonOf(makeTraces([makeSpan({ traceId }), makeSpan({ spanId: 'bad' })]))
    const first = await ingest.post({ body })
    const again = await ingest.post({ body: gzipSync(body), headers: { 'content-encoding': 'gzip' } })
    expect(await again.json()).toEqual(await first.json())
    expect(await spansOf([traceId])).toHaveLength(1)
  })

  test('secrets are gone before anything is stored, and the ledger tells', async () => {
    const secret = ['sk-', 'proj-', 'aB3dE5gH7jK9mN1pQ2sT4vW6yZ8bC0dF'].join('')
    const traceId = newTraceId()
    const attributes = { 'openinference.span.kind': 'LLM', 'input.value': `use ${secret}`, note: secret }
    await ingest.post({ body: jsonOf(makeTraces([makeSpan({ traceId, attributes })])) })
    const [span] = await spansOf([traceId])
    expect(JSON.stringify(span)).not.toContain(secret)
    expect(span?.input).toBe('use [redacted:openai-key]')
    expect(span?.redactions).toContainEqual({ rule: 'openai-key', path: 'attributes.input.value', count: 1 })
  })

  test('a known model gets a computed price, a reported cost stands', async () => {
    const traceId = newTraceId()
    const usage = {
      'openinference.span.kind': 'LLM',
      'llm.model_name': 'gpt-4o-mini',
      'llm.token_count.prompt': 1_000_000n,
      'llm.token_count.completion': 0n,
    }
    const spans = [
      makeSpan({ traceId, spanId: '1111111111111111', attributes: usage }),
      makeSpan({ traceId, spanId: '2222222222222222', attributes: { ...usage, 'llm.cost.total': 9 } }),
    ]
    await ingest.post({ body: jsonOf(makeTraces(spans)) })
    expect(await spansOf([traceId])).toMatchObject([
      { cost: { total: 0.15, source: 'computed' } },
      { cost: { total: 9, source: 'reported' }, computedCost: { total: 0.15, source: 'computed' } },
    ])
  })

  test("a project's own price holds for the spans that come after it, and an unknown model is unpriced", async () => {
    const traceId = newTraceId()
    const { control, owner, scope } = ingest
    const attributes = {
      'openinference.span.kind': 'LLM',
      'llm.model_name': 'our-own-7b',
      'llm.token_count.prompt': 1_000_000n,
    }
    const send = (spanId: string) =>
      ingest.post({ body: jsonOf(makeTraces([makeSpan({ traceId, spanId, attributes })])) })
    await send('1111111111111111')
    const { projectId } = scope
    const price = { projectId, model: 'our-own*', input: 3, output: 4, inForceFrom: '2020-01-01T00:00:00Z' }
    expect(await createPriceOverride(control, owner, price)).toMatchObject({ ok: true })
    await send('2222222222222222')
    expect((await spansOf([traceId])).map(({ cost }) => cost)).toMatchObject([
      { source: 'unpriced' },
      { source: 'computed', total: 3, priceVersion: 'project-2020-01-01' },
    ])
  })

  test('scores become scores', async () => {
    const traceId = newTraceId()
    const attributes = [
      { key: 'clew.score.name', value: { stringValue: 'helpful' } },
      { key: 'clew.score.value', value: { doubleValue: 0.5 } },
      { key: 'clew.score.by', value: { stringValue: 'anna' } },
    ]
    const record = { timeUnixNano: `${testNowMs}000000`, traceId, eventName: 'clew.score', attributes }
    await ingest.post({ path: '/v1/logs', body: jsonOf(makeLogs([record])) })
    expect(await readScores(ingest.store, { ...ingest.scope, traceIds: [traceId] })).toMatchObject([
      { traceId, name: 'helpful', value: 0.5, by: 'anna' },
    ])
  })

  test('deltas and task logs become logs and run events', async () => {
    const traceId = newTraceId()
    const record = (eventName: string, offset: number, attributes: Record<string, object>) => ({
      timeUnixNano: `${testNowMs - 1000 + offset}000000`,
      traceId,
      spanId: '1111111111111111',
      eventName,
      attributes: Object.entries(attributes).map(([key, value]) => ({ key, value })),
    })
    const logs = makeLogs([
      record('clew.delta', 0, {
        'clew.delta.seq': { intValue: 0 },
        'clew.delta.text': { stringValue: 'Hel' },
      }),
      record('clew.delta', 1, {
        'clew.delta.seq': { intValue: 1 },
        'clew.delta.text': { stringValue: 'lo' },
      }),
      record('clew.task.log', 2, {
        'clew.task.id': { stringValue: 'task-1' },
        'clew.task.log.kind': { stringValue: 'build' },
        'clew.task.log.line': { stringValue: 'compiling' },
      }),
    ])
    const span = makeSpan({ traceId, spanId: '1111111111111111' })
    await ingest.post({ body: jsonOf(makeTraces([span])) })
    const response = await ingest.post({ path: '/v1/logs', body: jsonOf(logs) })
    expect([response.status, await response.text()]).toEqual([200, '{}'])
    expect(await readLogs(ingest.store, { ...ingest.scope, traceIds: [traceId] })).toHaveLength(3)
    const events = await readRunEvents(ingest.store, { ...ingest.scope, traceId })
    expect(events.map(({ event }) => event)).toMatchObject([
      { type: 'delta', deltaSeq: 0, channel: 'text', text: 'Hel' },
      { type: 'delta', deltaSeq: 1, text: 'lo' },
      { type: 'task-log', taskId: 'task-1', kind: 'build', line: 'compiling' },
    ])
  })
})

describe('what is refused', () => {
  test.each([
    [
      'another content type',
      'x',
      { 'content-type': 'text/plain' },
      415,
      'application/x-protobuf or application/json',
    ],
    ['another encoding', 'x', { 'content-encoding': 'br' }, 415, 'content encoding br is not supported'],
    ['broken JSON', '{"resourceSpans":[', {}, 400, 'must be JSON'],
    ['JSON of another contract', '{"resourceSpans":7}', {}, 400, 'resourceSpans must be a list'],
    ['broken gzip', 'not gzip', { 'content-encoding': 'gzip' }, 400, 'not valid gzip'],
    ['a large body', 'x'.repeat(200_001), {}, 413, 'larger than the 200000 bytes'],
    [
      'a bomb',
      gzipSync(Buffer.alloc(1_000_001)),
      { 'content-encoding': 'gzip' },
      413,
      'inflates to more than',
    ],
  ])('%s', async (_what, body, headers: Record<string, string>, status, message) => {
    const response = await ingest.post({ body, headers })
    expect(response.status).toBe(status)
    expect(await response.json()).toMatchObject({ message: expect.stringContaining(message) })
  })

  test('broken protobuf is answered in protobuf, in words', async () => {
    const body = toProtobuf(makeTraces([makeSpan()])).subarray(0, 50)
    const response = await ingest.post({ body, headers: { 'content-type': 'application/x-protobuf' } })
    expect(response.status).toBe(400)
    const status = otlpTypes.status.toObject(
      otlpTypes.status.decode(new Uint8Array(await response.arrayBuffer())),
    )
    expect(status).toMatchObject({
      code: 3,
      message: expect.stringContaining('not a protobuf ExportTraceServiceRequest'),
    })
  })

  test('a body that streams past the limit without announcing its size', async () => {
    const reply = await postRaw({ chunks: Array.from({ length: 30 }, () => 'x'.repeat(10_000)), end: true })
    expect(reply).toMatchObject({ status: 413 })
  })

  test('a body that never ends', async () => {
    const reply = await postRaw({ chunks: ['{"resourceSpans":['], end: false })
    expect(reply).toMatchObject({
      status: 408,
      text: expect.stringContaining('did not arrive within 0.5 seconds'),
    })
  })
})

test('a revoked key is refused within a second', async () => {
  const known = await authenticate(ingest.control, { 'x-api-key': ingest.key })
  if (!known.ok) throw new Error('no key')
  const principal = systemPrincipal({ organisationId: known.value.organisationId, label: 'test' })
  const { projectId } = ingest.scope
  const created = await createApiKey(ingest.control, principal, {
    projectId,
    name: 'short',
    scopes: ['ingest'],
  })
  if (!created.ok) throw new Error('no key')
  const headers = { authorization: `Bearer ${created.value.secret}` }
  expect((await ingest.post({ body: '{}', headers })).status).toBe(200)
  await revokeApiKey(ingest.control, principal, { projectId, keyId: created.value.key.id })
  await vi.waitFor(async () => expect((await ingest.post({ body: '{}', headers })).status).toBe(401), {
    timeout: 1000,
    interval: 50,
  })
})

describe('what follows', () => {
  test('the feed hears of spans, then of the summary, and the summary is there', async () => {
    const traceId = newTraceId()
    const entries: FeedEntry[] = []
    const unsubscribe = subscribeFeed(
      ingest.control,
      ingest.scope.projectId,
      (entry) => void entries.push(entry),
    )
    const attributes = { 'openinference.span.kind': 'AGENT', 'agent.name': 'Support', 'session.id': 's-1' }
    await ingest.post({ body: jsonOf(makeTraces([makeSpan({ traceId, attributes })])) })
    await vi.waitFor(
      () => {
        const kinds = entries.filter((entry) => entry.traceIds.includes(traceId)).map((entry) => entry.kind)
        expect(kinds).toEqual(['span', 'summary'])
      },
      { timeout: 5000, interval: 20 },
    )
    unsubscribe()
    expect(await readRunSummaries(ingest.store, { ...ingest.scope, traceIds: [traceId] })).toMatchObject([
      { traceId, status: 'unset', agents: ['Support'], sessionIds: ['s-1'], spanCount: 1 },
    ])
  })

  test('no log line carries a payload or a key', () => {
    const lines = ingest.logLines.join('')
    expect(lines).toContain('request refused')
    for (const word of ['checkout', ingest.key, 'Hel', 'compiling']) expect(lines).not.toContain(word)
  })
})

describe('recordings', () => {
  const dialects = [
    '@inference+tracing@0.1.12',
    '@arizeai+openinference-instrumentation-openai@4.2.7',
    'ai@6.0.326',
    '@ai-sdk+otel@1.0.173',
  ]
  const wanted = listRecordings().filter((id) => dialects.some((dialect) => id.startsWith(`${dialect}/`)))

  test.each(wanted)('%s is stored as it was sent', async (id) => {
    const { requests, expected } = loadRecording(id)
    for (const { path, headers, body } of requests) {
      const sent = Object.fromEntries(
        Object.entries(headers).filter(([name]) =>
          ['content-type', 'content-encoding'].includes(name.toLowerCase()),
        ),
      )
      const response = await ingest.post({ path, body, headers: sent })
      const reply = Buffer.from(await response.arrayBuffer()).toString()
      expect({ status: response.status, reply: reply === '{}' ? '' : reply }).toEqual({
        status: 200,
        reply: '',
      })
    }
    const spans = await spansOf(expected.traceIds)
    expect(spans).toHaveLength(expected.spanCount - (expected.droppedSpans ?? 0))
    const kinds: Record<string, number> = {}
    for (const { kind } of spans) kinds[kind] = (kinds[kind] ?? 0) + 1
    expect(kinds).toEqual(expected.kinds)
  })

  test('all of the four dialects are there', () => expect(wanted.length).toBe(32))
})

function postRaw({
  chunks,
  end,
}: {
  chunks: string[]
  end: boolean
}): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${ingest.key}`, 'content-type': 'application/json' }
    const req = request(`${ingest.url}/v1/traces`, { method: 'POST', headers }, (res) => {
      let text = ''
      res.on('data', (chunk: Buffer) => (text += chunk.toString()))
      res.on('end', () => resolve({ status: res.statusCode ?? 0, text }))
    })
    req.on('error', reject)
    for (const chunk of chunks) req.write(chunk)
    if (end) req.end()
  })
}
