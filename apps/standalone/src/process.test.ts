import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { firstKey, owner } from './testing/open-test-standalone.ts'
import { postSpans } from './testing/otlp-run.ts'
import { spawnStandalone, type SpawnedStandalone } from './testing/spawn-standalone.ts'

// Each test starts the product several times.
vi.setConfig({ testTimeout: 180_000 })

const traceId = 'a1'.repeat(16)
const headless = {
  CLEW_INIT_ADMIN_EMAIL: owner.email,
  CLEW_INIT_ADMIN_PASSWORD: owner.password,
  CLEW_INIT_PROJECT: 'Support desk',
  CLEW_INIT_API_KEY: firstKey,
}

beforeAll(() => {
  const cwd = fileURLToPath(new URL('..', import.meta.url))
  execFileSync(process.execPath, ['../../scripts/bundle-service.mjs'], { cwd })
})

let dataDir: string
const running: SpawnedStandalone[] = []
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'clew-process-'))
})
afterEach(async () => {
  await Promise.all(running.splice(0).map((clew) => clew.end('SIGKILL')))
  rmSync(dataDir, { recursive: true, force: true })
})

async function start(env: Record<string, string> = {}): Promise<SpawnedStandalone> {
  const clew = await spawnStandalone({ CLEW_DATA_DIR: dataDir, ...env })
  if (!('url' in clew)) throw new Error(`ended with ${clew.code}: ${clew.output}`)
  running.push(clew)
  return clew
}

async function startInVain(
  env: Record<string, string> = {},
): Promise<{ code: number | null; lines: string[] }> {
  const clew = await spawnStandalone({ CLEW_DATA_DIR: dataDir, ...env })
  if ('url' in clew) throw new Error(`listens, though it should not: ${clew.output()}`)
  return { code: clew.code, lines: clew.output.trim().split('\n') }
}

function postRun(url: string) {
  const startMs = Date.now() - 1000
  const span = { traceId, spanId: 'b'.repeat(16), name: 'support', startMs, endMs: startMs + 500 }
  return postSpans({ url, key: firstKey }, [span])
}

async function statusOf(url: string): Promise<number> {
  const reply = await fetch(url, { headers: { authorization: `Bearer ${firstKey}` } })
  await reply.arrayBuffer()
  return reply.status
}

test('the first start shows the address, the data folder and the first-run link, and serves pages', async () => {
  const clew = await start()
  expect(clew.output()).toContain(dataDir)
  const link = /http\S+\/setup\?token=\S+/.exec(clew.output())?.[0] ?? ''
  expect(await statusOf(link)).toBe(200)
  expect(await statusOf(`${clew.url}/readyz`)).toBe(200)
  expect(statSync(join(dataDir, 'secret')).mode & 0o777).toBe(0o600)
})

test('each of the signals stops it cleanly, and the data survive', async () => {
  const first = await start(headless)
  await postRun(first.url)
  expect(await first.end('SIGTERM')).toBe(0)
  for (const signal of ['SIGINT', 'SIGHUP'] as const) {
    const next = await start()
    expect(await statusOf(`${next.url}/v1/traces/${traceId}`)).toBe(200)
    expect(next.output()).not.toContain('/setup?token=')
    expect(await next.end(signal)).toBe(0)
  }
})

test('the demo finds a key of its own in the data folder, made once', async () => {
  const readDemoKey = () => readFileSync(join(dataDir, 'demo-key'), 'utf8').trim()
  const first = await start(headless)
  const key = await vi.waitFor(readDemoKey, 10_000)
  const headers = { authorization: `Bearer ${key}` }
  const doctor = await (await fetch(`${first.url}/v1/doctor`, { headers })).json()
  expect(doctor).toMatchObject({ project: { name: 'Support desk' } })
  await first.end('SIGTERM')
  await start(headless)
  expect(readDemoKey()).toBe(key)
  expect(statSync(join(dataDir, 'demo-key')).mode & 0o777).toBe(0o600)
})

test('what was acknowledged survives a kill, at once after the answer', async () => {
  const first = await start(headless)
  await postRun(first.url)
  await first.end('SIGKILL')
  const second = await start(headless)
  expect(await statusOf(`${second.url}/v1/traces/${traceId}`)).toBe(200)
})

test('a stop does not wait for those who watch', async () => {
  const clew = await start(headless)
  await postRun(clew.url)
  const aborter = new AbortController()
  const input = encodeURIComponent(JSON.stringify({ json: { projectId: await projectOf(clew.url) } }))
  const watching = await fetch(`${clew.url}/trpc/feed.events?input=${input}`, {
    headers: { authorization: `Bearer ${firstKey}`, accept: 'text/event-stream' },
    signal: aborter.signal,
  })
  expect(watching.status).toBe(200)
  const startedAt = Date.now()
  expect(await clew.end('SIGTERM')).toBe(0)
  expect(Date.now() - startedAt).toBeLessThan(8000)
  await watching.text().catch(() => '')
})

async function projectOf(url: string): Promise<string> {
  const reply = await fetch(`${url}/trpc/projects.list`, { headers: { authorization: `Bearer ${firstKey}` } })
  const body: { result: { data: { json: { id: string }[] } } } = JSON.parse(await reply.text())
  return body.result.data.json[0]?.id ?? ''
}

test('a folder that is in use is said in one line', async () => {
  await start()
  const { code, lines } = await startInVain()
  expect(code).toBe(1)
  expect(lines).toHaveLength(1)
  expect(lines[0]).toMatch(/in use by process \d+/)
})

test('a taken port is said in one line', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => other.once('listening', resolve))
  const address = other.address()
  const port = typeof address === 'object' && address !== null ? String(address.port) : ''
  const { code, lines } = await startInVain({ CLEW_PORT: port })
  other.close()
  expect({ code, lines }).toEqual({
    code: 1,
    lines: [`clew: Port ${port} on 127.0.0.1 is already in use; choose another with CLEW_PORT`],
  })
})

test('a wrong variable is said in one line', async () => {
  const { code, lines } = await startInVain({ CLEW_PORT: 'four thousand' })
  expect({ code, lines }).toEqual({
    code: 78,
    lines: ['clew: CLEW_PORT should be a port from 0 to 65535, not "four thousand"'],
  })
})
