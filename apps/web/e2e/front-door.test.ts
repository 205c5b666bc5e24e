import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { newTraceId, postSpans, toRun } from './support/otlp.ts'
import type { TestSpan } from './support/otlp.ts'
import { headless, headlessEnvironment, startClew } from './support/start-clew.ts'
import type { RunningClew } from './support/start-clew.ts'
import { startFront } from './support/start-front.ts'

const megabyte = 1_000_000
const withKey = { authorization: `Bearer ${headless.apiKey}` }
let clew: RunningClew
let front: Awaited<ReturnType<typeof startFront>>

beforeAll(async () => {
  clew = await startClew(headlessEnvironment)
  front = await startFront({ apiUrl: clew.url, ingestUrl: clew.otlpUrl })
})

afterAll(async () => {
  await front?.stop()
  await clew?.stop()
})

function toLargeSpans({ traceId, bytes }: { traceId: string; bytes: number }): TestSpan[] {
  const startMs = Date.now()
  const text = 'All of it arrives. '.repeat(10_000)
  return Array.from({ length: Math.ceil(bytes / text.length) }, () => ({
    traceId,
    name: 'large',
    kind: 'TOOL' as const,
    startMs,
    endMs: startMs + 5,
    attributes: { 'input.value': text },
  }))
}

function post(spans: readonly TestSpan[], otlpUrl = front.url): Promise<number> {
  return postSpans({ otlpUrl, apiKey: headless.apiKey, spans })
}

test('a body of 15 MB passes the web service whole', async () => {
  const traceId = newTraceId()
  const spans = toLargeSpans({ traceId, bytes: 15 * megabyte })
  expect(await post(spans)).toBe(200)
  await vi.waitFor(
    async () => {
      const reply = await fetch(`${front.url}/v1/traces/${traceId}`, { headers: withKey })
      expect(await reply.json()).toMatchObject({ trace: { spanCount: spans.length } })
    },
    { timeout: 20_000, interval: 200 },
  )
})

test('a body beyond what the ingest takes is refused in its words, also through the web service', async () => {
  expect(await post(toLargeSpans({ traceId: newTraceId(), bytes: 18 * megabyte }))).toBe(413)
})

test('each event of a stream passes the web service when it happens', async () => {
  const traceId = newTraceId()
  const startMs = Date.now()
  expect(await post(toRun({ traceId, startMs, input: 'Follow me' }))).toBe(200)
  await vi.waitFor(
    async () =>
      expect((await fetch(`${front.url}/v1/traces/${traceId}`, { headers: withKey })).status).toBe(200),
    { timeout: 20_000, interval: 100 },
  )
  const stream = await fetch(`${front.url}/v1/traces/${traceId}/stream`, { headers: withKey })
  const chunks = stream.body?.pipeThrough(new TextDecoderStream()).getReader()
  const readUntil = async (words: string): Promise<string> => {
    let text = ''
    while (!text.includes(words)) text += (await chunks?.read())?.value ?? fail('the stream ended')
    return text
  }
  await readUntil('event: snapshot')
  // Each is sent only once the one before has come through: a proxy that holds back events never gets further.
  for (const name of ['first_step', 'second_step', 'third_step']) {
    const at = Date.now()
    expect(await post([{ traceId, name, kind: 'TOOL', startMs: at, endMs: at + 1 }])).toBe(200)
    expect(await readUntil(name)).toContain('event: span-')
  }
  await chunks?.cancel()
})

function fail(message: string): never {
  throw new Error(message)
}
