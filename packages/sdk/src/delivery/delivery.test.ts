import { afterEach, expect, test, vi } from 'vitest'

import type { ClewTracing } from '../clew-tracing.ts'
import type { SetupOptions } from '../config/setup-options.ts'
import type { ClewTracingError } from '../errors.ts'
import { setup } from '../setup.ts'
import { manualSpan } from '../spans/span-functions.ts'
import { startSink } from '../testing/start-sink.ts'
import type { Sink, SinkReply } from '../testing/start-sink.ts'
import { parseRetryAfter } from './otlp-reply.ts'

const stderr = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
let sink: Sink | undefined
let clew: ClewTracing | undefined

afterEach(async () => {
  await clew?.shutdown(500)
  await sink?.close()
})

async function open(
  reply?: (index: number) => SinkReply,
  options: SetupOptions = {},
): Promise<{ sink: Sink; clew: ClewTracing; errors: ClewTracingError[] }> {
  const errors: ClewTracingError[] = []
  stderr.mockClear()
  sink = await startSink(reply === undefined ? {} : { reply })
  clew = setup({
    endpoint: sink.url,
    exitHooks: false,
    autoInstrument: false,
    live: false,
    onError: (error) => errors.push(error),
    ...options,
  })
  return { sink, clew, errors }
}

function spans(count: number): void {
  for (let index = 0; index < count; index += 1)
    manualSpan({ spanName: `s${index}`, input: { index } }, () => undefined)
}

test('a burst of 5,000 spans arrives whole, once each', async () => {
  const got = await open()
  spans(5000)
  await got.clew.forceFlush()
  expect(got.sink.all()).toHaveLength(5000)
  expect(got.clew.stats()).toMatchObject({ sent: 5000, queued: 0, dropped: 0, failed: 0 })
})

test('2,000 spans a second against a receiver that takes 50 ms each time are all delivered', async () => {
  const got = await open(() => ({ status: 200, delayMs: 50 }))
  await new Promise<void>((resolve) => {
    let round = 0
    const pace = setInterval(() => {
      spans(40)
      round += 1
      if (round < 50) return
      clearInterval(pace)
      resolve()
    }, 20)
  })
  await got.clew.forceFlush()
  expect(got.sink.all()).toHaveLength(2000)
  expect(got.clew.stats()).toMatchObject({ sent: 2000, queued: 0, dropped: 0, failed: 0 })
})

test('a short overload is waited out as long as Retry-After says, and nobody is bothered', async () => {
  const got = await open((index) =>
    index === 0 ? { status: 503, headers: { 'retry-after': '1' } } : { status: 200 },
  )
  spans(3)
  const started = performance.now()
  await got.clew.forceFlush()
  expect(performance.now() - started).toBeGreaterThan(990)
  expect(got.sink.spans()).toHaveLength(3)
  expect(got.errors).toEqual([])
})

test('a long overload is told at once, and what waits is kept', async () => {
  const got = await open(() => ({ status: 503, headers: { 'retry-after': '60' } }))
  spans(3)
  await vi.waitFor(() => expect(got.errors.map((error) => error.code)).toEqual(['overloaded']), 3000)
  expect(got.clew.stats()).toMatchObject({ queued: 3, dropped: 0, failed: 0 })
})

test('a credential that the environment holds for somebody else does not go out', async () => {
  vi.stubEnv('OTEL_EXPORTER_OTLP_HEADERS', 'api-key=elsewhere')
  vi.stubEnv('OTEL_EXPORTER_OTLP_TRACES_HEADERS', 'authorization=elsewhere')
  const got = await open(undefined, { token: 'ours' })
  spans(1)
  await got.clew.forceFlush()
  expect(got.sink.requests[0]?.headers).toMatchObject({ authorization: 'Bearer ours' })
  expect(JSON.stringify(got.sink.requests.map(({ headers }) => headers))).not.toContain('elsewhere')
  expect(process.env['OTEL_EXPORTER_OTLP_HEADERS']).toBe('api-key=elsewhere')
  vi.unstubAllEnvs()
})

test('protobuf is spoken where OTEL_EXPORTER_OTLP_PROTOCOL asks for it', async () => {
  vi.stubEnv('OTEL_EXPORTER_OTLP_PROTOCOL', 'http/protobuf')
  const got = await open()
  vi.unstubAllEnvs()
  spans(1)
  await got.clew.forceFlush()
  expect(got.sink.requests[0]?.headers['content-type']).toBe('application/x-protobuf')
  expect(got.sink.requests[0]?.text).toContain('s0')
})

test('a receiver that comes up later still gets what waited', async () => {
  const first = await startSink()
  const port = Number(new URL(first.url).port)
  await first.close()
  const got = await open(undefined, { endpoint: first.url })
  spans(2)
  await vi.waitFor(() => expect(got.errors[0]?.code).toBe('unreachable'), 3000)
  const later = await startSink({ port })
  await got.clew.forceFlush()
  expect(later.spans()).toHaveLength(2)
  await later.close()
})

test('a refused key is said once, in words that help', async () => {
  const got = await open(() => ({ status: 401, body: '{"error":{"message":"unknown key"}}' }))
  spans(1)
  await got.clew.forceFlush()
  spans(1)
  await got.clew.forceFlush()
  expect(got.errors[0]).toMatchObject({
    code: 'unauthorised',
    message: expect.stringContaining('CLEW_OTLP_TOKEN'),
  })
  expect(stderr.mock.calls.filter(([line]) => String(line).includes('refused the key'))).toHaveLength(1)
  expect(got.clew.stats()).toMatchObject({ failed: 2, sent: 0 })
})

test('a batch that is too large is sent in halves', async () => {
  const got = await open((index) => (index === 0 ? { status: 413 } : { status: 200 }))
  spans(8)
  await got.clew.forceFlush()
  expect(got.sink.spans()).toHaveLength(8)
  expect(got.clew.stats()).toMatchObject({ sent: 8, failed: 0 })
})

test('a span that alone is too large is lost alone, and said', async () => {
  const got = await open((index) => (index <= 1 ? { status: 413 } : { status: 200 }))
  spans(2)
  await got.clew.forceFlush()
  expect(got.clew.stats()).toMatchObject({ sent: 1, failed: 1 })
  expect(got.errors[0]?.code).toBe('too-large')
})

test('rejected spans are counted and the reason is passed on', async () => {
  const got = await open(() => ({
    status: 200,
    body: '{"partialSuccess":{"rejectedSpans":1,"errorMessage":"start too old"}}',
  }))
  spans(3)
  await got.clew.forceFlush()
  expect(got.clew.stats()).toMatchObject({ sent: 2, failed: 1 })
  expect(got.errors[0]?.message).toContain('start too old')
})

test('a full queue drops the newest, counts them and says so', async () => {
  const got = await open(() => ({ status: 503, headers: { 'retry-after': '60' } }), {
    limits: { queueBytes: 20_000 },
  })
  spans(1000)
  expect(got.clew.stats().dropped).toBeGreaterThan(900)
  expect(got.errors[0]?.code).toBe('queue-full')
})

test('shutdown keeps its deadline when the receiver never answers', async () => {
  const got = await open(() => ({ status: 200, delayMs: 60_000 }))
  spans(1)
  const started = performance.now()
  await got.clew.shutdown(200)
  expect(performance.now() - started).toBeLessThan(1500)
  expect(got.clew.stats().dropped).toBe(1)
})

test('an error handler that throws harms nobody', async () => {
  const got = await open(() => ({ status: 400 }), {
    onError: () => {
      throw new Error('in the handler')
    },
  })
  spans(1)
  await got.clew.forceFlush()
  expect(got.clew.stats().failed).toBe(1)
})

test('long fields are cut visibly', async () => {
  const got = await open(undefined, { limits: { fieldLength: 1000 } })
  manualSpan({ spanName: 'big', input: 'x'.repeat(5_000_000) }, () => undefined)
  await got.clew.forceFlush()
  expect(got.sink.span('big').attributes['input.value']).toMatch(/^x{960,}… \[cut: 5000000 characters\]$/)
})

test.each([
  ['metadata', { input: undefined, user: 'c_1', model: 'm' }],
  ['off', { input: undefined, user: undefined, model: 'm' }],
] as const)('content mode %s keeps what people said at home', async (content, kept) => {
  const got = await open(undefined, { privacy: { content } })
  manualSpan({ spanName: 's', input: 'secret words', userId: 'c_1', model: 'm' }, () => undefined)
  await got.clew.forceFlush()
  const { attributes } = got.sink.span('s')
  expect([attributes['input.value'], attributes['user.id'], attributes['llm.model_name']]).toEqual([
    kept.input,
    kept.user,
    kept.model,
  ])
  expect(JSON.stringify(got.sink.requests.map((request) => request.text))).not.toContain('secret words')
})

test('identifiers can be hashed under a key that stays here', async () => {
  const got = await open(undefined, { privacy: { hash: ['user.id'], hashKey: 'pepper' } })
  manualSpan({ spanName: 's', userId: 'c_1' }, () => undefined)
  await got.clew.forceFlush()
  expect(got.sink.span('s').attributes['user.id']).toMatch(/^hmac:[0-9a-f]{32}$/)
})

test('a tenant that opted out sends nothing', async () => {
  const got = await open(undefined, { privacy: { optOutTenants: ['acme'] } })
  manualSpan({ spanName: 'a', tenantId: 'acme' }, (span) => {
    span.score({ name: 'told', value: 1 })
    manualSpan({ spanName: 'b' }, () => undefined)
  })
  manualSpan({ spanName: 'c', tenantId: 'other' }, () => undefined)
  await got.clew.forceFlush()
  expect(got.sink.spans().map((span) => span.name)).toEqual(['c'])
  expect(got.sink.logs()).toEqual([])
})

test('Retry-After is read as seconds or as a date', () => {
  expect(parseRetryAfter('2')).toBe(2000)
  expect(parseRetryAfter(new Date(Date.now() + 5000).toUTCString())).toBeGreaterThan(3000)
  expect(parseRetryAfter('soon')).toBeUndefined()
})
