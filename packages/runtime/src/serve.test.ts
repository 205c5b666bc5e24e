import { afterEach, expect, test } from 'vitest'
import { createHealth } from './health.ts'
import { createLogger } from './logger.ts'
import { createMetrics } from './metrics.ts'
import { createMountHandler } from './mount-handler.ts'
import { isMountedAt, type Mount } from './mount.ts'
import { serve, type RunningServer } from './serve.ts'

const logger = createLogger({ level: 'silent', format: 'json' })
const running: RunningServer[] = []
afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.close(0)))
})

async function open(mounts: Mount[]): Promise<RunningServer> {
  const result = await serve({ host: '127.0.0.1', port: 0, handler: createMountHandler({ mounts, logger }) })
  if (!result.ok) throw new Error(result.error.message)
  running.push(result.value)
  return result.value
}

function mountOf(prefix: string[], handle: Mount['handle']): Mount {
  return { prefix, handle, start: async () => {}, stop: async () => {} }
}

test('a taken port is said in words, with the variable that changes it', async () => {
  const { port } = await open([])
  const second = await serve({ host: '127.0.0.1', port, handler: () => {}, portVariable: 'CLEW_PORT' })
  expect(second).toEqual({
    ok: false,
    error: {
      code: 'address-in-use',
      message: `Port ${port} on 127.0.0.1 is already in use; choose another with CLEW_PORT`,
    },
  })
})

test('the first mount that takes a request answers it', async () => {
  const { url } = await open([
    mountOf(['/v1'], (req) => req.method !== 'GET'),
    mountOf(['/v1'], (_req, res) => {
      res.end('second')
      return true
    }),
  ])
  expect(await (await fetch(`${url}/v1/traces`)).text()).toBe('second')
  expect((await fetch(`${url}/v10`)).status).toBe(404)
})

test('an exception becomes a 500 that tells nothing', async () => {
  const { url } = await open([mountOf(['/'], () => Promise.reject(new Error('password=hunter2')))])
  const reply = await fetch(url)
  expect(reply.status).toBe(500)
  expect(await reply.text()).not.toContain('hunter2')
})

test('a prefix covers itself and what lies below, not its neighbours', () => {
  const mount = { prefix: ['/api/auth'] }
  expect(['/api/auth', '/api/auth/x', '/api/authors', '/'].map((path) => isMountedAt(mount, path))).toEqual([
    true,
    true,
    false,
    false,
  ])
})

test('ready only after start, while every store answers, until the stop', async () => {
  let isStoreUp = true
  const health = createHealth({ checks: () => ({ store: async () => isStoreUp }) })
  const { url } = await open([health])
  const ready = async () => (await fetch(`${url}/readyz`)).status
  expect(await ready()).toBe(503)
  health.markReady()
  expect(await ready()).toBe(200)
  isStoreUp = false
  expect(await (await fetch(`${url}/readyz`)).json()).toEqual({
    status: 'unavailable',
    checks: { store: 'failed' },
  })
  isStoreUp = true
  health.markStopping()
  expect(await ready()).toBe(503)
  expect((await fetch(`${url}/healthz`)).status).toBe(200)
})

test('metrics come in Prometheus text', async () => {
  const metrics = createMetrics()
  metrics.counter({ name: 'clew_test_total', help: 'A test.', labels: ['kind'] }).add(2, { kind: 'x' })
  const { url } = await open([metrics.mount])
  const reply = await fetch(`${url}/metrics`)
  expect(reply.headers.get('content-type')).toContain('text/plain')
  expect(await reply.text()).toContain('clew_test_total{kind="x"} 2')
})
