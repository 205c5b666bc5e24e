import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openHttpFront, type HttpFront } from '@clew/store/testing'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { firstKey, openTestStandalone, type TestStandalone } from './testing/open-test-standalone.ts'
import { postSpans } from './testing/otlp-run.ts'

const hour = 3_600_000
const directory = mkdtempSync(join(tmpdir(), 'clew-doctor-'))
let front: HttpFront
let clew: TestStandalone

beforeAll(async () => {
  front = await openHttpFront({ directory })
  clew = await openTestStandalone({ env: { CLEW_CLICKHOUSE_URL: front.url } })
})
afterAll(async () => {
  await clew.stop()
  await front.close()
  rmSync(directory, { recursive: true, force: true })
})

interface Doctor {
  status: string
  checks: { name: string; status: string; detail: string; advice?: string }[]
}

async function askDoctor(): Promise<Doctor> {
  const reply = await fetch(`${clew.url}/v1/doctor`, { headers: { authorization: `Bearer ${firstKey}` } })
  expect(reply.status).toBe(200)
  return JSON.parse(await reply.text())
}

async function find(name: string) {
  const { checks } = await askDoctor()
  return checks.find((check) => check.name === name)
}

let ids = 0
const send = (span: { startMs: number; endMs: number; attributes?: Record<string, string | number> }) => {
  ids += 1
  const id = ids.toString(16)
  return postSpans({ url: clew.url, key: firstKey }, [
    { traceId: id.padStart(32, 'a'), spanId: id.padStart(16, 'b'), name: 'work', ...span },
  ])
}
const within = { timeout: 20_000, interval: 100 }

test('a fresh installation is well and waits for spans', async () => {
  const { status, checks } = await askDoctor()
  expect(Object.fromEntries(checks.map((check) => [check.name, check.status]))).toEqual({
    store: 'ok',
    key: 'ok',
    ingest: 'ok',
    queue: 'ok',
    spool: 'ok',
    summaries: 'ok',
    rejected: 'ok',
    refused: 'ok',
    'refused-keys': 'ok',
    schema: 'ok',
    disk: expect.stringMatching(/ok|warning/),
    clocks: 'ok',
    prices: 'ok',
    spans: 'waiting',
  })
  expect(status).toMatch(/waiting|warning/)
})

test('nobody is told without a key', async () => {
  expect((await fetch(`${clew.url}/v1/doctor`)).status).toBe(401)
})

test('what senders do wrong is said in words: clocks, prices, old spans, bodies and keys', async () => {
  const now = Date.now()
  await send({
    startMs: now + 600_000,
    endMs: now + 601_000,
    attributes: {
      'openinference.span.kind': 'LLM',
      'llm.model_name': 'acme-large-of-nobody',
      'llm.token_count.prompt': 12,
      'llm.token_count.completion': 3,
    },
  })
  await expect(send({ startMs: now - 24 * 900 * hour, endMs: now })).rejects.toThrow('rejected')
  const headers = { authorization: `Bearer ${firstKey}`, 'content-type': 'text/plain' }
  await fetch(`${clew.url}/v1/traces`, { method: 'POST', headers, body: 'hello' })
  const stranger = { authorization: 'Bearer clew_sk_of_somebody_else_0d1c' }
  await fetch(`${clew.url}/v1/traces`, { method: 'POST', headers: { ...headers, ...stranger }, body: '{}' })

  await vi.waitFor(async () => {
    expect(await find('clocks')).toMatchObject({
      status: 'warning',
      detail: 'desk is at least 10 minutes ahead',
    })
    expect((await find('prices'))?.detail).toContain('acme-large-of-nobody (1 call)')
    expect((await find('rejected'))?.detail).toContain('1 record older than the project keeps runs')
    expect((await find('refused'))?.detail).toContain('1 request in neither protobuf nor JSON')
    expect((await find('refused-keys'))?.detail).toContain('an unknown key ending in …0d1c')
    expect(await find('spans')).toMatchObject({ status: 'ok', detail: '1 span stored in this project' })
  }, within)
})

test('a store that goes away is told, with what waits for it, and that it came back', async () => {
  await front.close()
  expect(await find('store')).toMatchObject({ status: 'failed' })
  const now = Date.now()
  await send({ startMs: now, endMs: now + 5 })
  await vi.waitFor(async () => {
    const spool = await find('spool')
    expect(spool?.status).toBe('warning')
    expect(spool?.detail).toContain('wait for ClickHouse')
  }, within)
  const { status } = await askDoctor()
  expect(status).toBe('failed')
  const ready = await fetch(`${clew.url}/readyz`)
  expect([ready.status, await ready.json()]).toMatchObject([503, { checks: { clickhouse: 'failed' } }])

  front = await openHttpFront({ directory, port: Number(new URL(front.url).port) })
  await vi.waitFor(async () => {
    expect(await find('spool')).toMatchObject({ status: 'ok', detail: 'empty' })
    expect(await find('spans')).toMatchObject({ detail: '2 spans stored in this project' })
  }, within)
})
