import { createClewClient } from '@clew/client'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { firstKey, openTestStandalone, type TestStandalone } from './testing/open-test-standalone.ts'
import { postSpans } from './testing/otlp-run.ts'
import { readEvents } from './testing/read-events.ts'

const traceId = 'c'.repeat(32)
const secret = 'the tent arrived torn'

let clew: TestStandalone
beforeAll(async () => {
  clew = await openTestStandalone()
  const startMs = Date.now() - 10_000
  const span = {
    traceId,
    spanId: 'd'.repeat(16),
    name: 'support',
    startMs,
    endMs: startMs + 900,
    attributes: { 'openinference.span.kind': 'AGENT', 'input.value': secret, 'output.value': secret },
  }
  await postSpans({ url: clew.url, key: firstKey }, [span])
  const { client, projectId } = clew
  await vi.waitFor(async () => {
    const { items } = await client.runs.list.query({ projectId })
    if (items.length !== 1) throw new Error('the summary is not written yet')
  }, 10_000)
})
afterAll(() => clew.stop())

function get(path: string, headers: Record<string, string> = { authorization: `Bearer ${firstKey}` }) {
  return fetch(clew.url + path, { headers })
}

async function errorOf(reply: Response): Promise<{ status: number; code: string }> {
  const body: { error: { code: string } } = JSON.parse(await reply.text())
  return { status: reply.status, code: body.error.code }
}

describe('who may read', () => {
  test('nobody without a key or a session', async () => {
    expect(await errorOf(await get('/v1/traces', {}))).toEqual({ status: 401, code: 'missing' })
    const anonymous = createClewClient({ baseUrl: clew.url })
    await expect(anonymous.runs.list.query({ projectId: clew.projectId })).rejects.toMatchObject({
      data: { code: 'UNAUTHORIZED', reason: 'missing' },
    })
  })

  test('an unknown key reads nothing', async () => {
    const reply = await get('/v1/traces', { authorization: 'Bearer clew_sk_nobody_knows_this_one' })
    expect(await errorOf(reply)).toEqual({ status: 401, code: 'unknown-key' })
  })

  test('a key without the scope is refused, and may still score', async () => {
    const { ownerClient, projectId } = clew
    const key = await ownerClient.keys.create.mutate({ projectId, name: 'app', scopes: ['ingest'] })
    const headers = { authorization: `Bearer ${key.secret}`, 'content-type': 'application/json' }
    expect(await errorOf(await get(`/v1/traces/${traceId}`, headers))).toEqual({
      status: 403,
      code: 'forbidden',
    })
    const body = JSON.stringify({ traceId, name: 'helpful', value: true, by: 'person:ada' })
    const scored = await fetch(`${clew.url}/v1/scores`, { method: 'POST', headers, body })
    expect(scored.status).toBe(200)
  })

  test('a key of one project sees neither lists nor runs nor streams of another', async () => {
    const { ownerClient, client } = clew
    const other = await ownerClient.projects.create.mutate({ name: 'Billing' })
    const forbidden = { data: { code: 'FORBIDDEN', reason: 'forbidden' } }
    await expect(client.runs.list.query({ projectId: other.id })).rejects.toMatchObject(forbidden)
    await expect(client.runs.get.query({ projectId: other.id, traceId })).rejects.toMatchObject(forbidden)
    const key = await ownerClient.keys.create.mutate({ projectId: other.id, name: 'x', scopes: ['read'] })
    const headers = { authorization: `Bearer ${key.secret}` }
    expect((await get(`/v1/traces/${traceId}`, headers)).status).toBe(404)
    expect((await get(`/v1/traces/${traceId}/stream`, headers)).status).toBe(404)
    expect(await (await get('/v1/traces', headers)).json()).toEqual({ items: [] })
    expect((await get(`/v1/traces?project=${clew.projectId}`, headers)).status).toBeGreaterThanOrEqual(403)
  })

  test('a stream ends within seconds once its key is revoked', async () => {
    const { ownerClient, projectId } = clew
    const { key, secret: keySecret } = await ownerClient.keys.create.mutate({
      projectId,
      name: 'watcher',
      scopes: ['read', 'ingest'],
    })
    const running = 'e'.repeat(32)
    const span = { traceId: running, spanId: 'e'.repeat(16), name: 'long', startMs: Date.now() }
    await postSpans({ url: clew.url, key: keySecret }, [span])
    const headers = { authorization: `Bearer ${keySecret}` }
    const events = readEvents(await get(`/v1/traces/${running}/stream`, headers))
    expect((await events.next()).value).toMatchObject({ type: 'snapshot' })
    const feedError = new Promise((resolve) => {
      const watcher = createClewClient({ baseUrl: clew.url, token: keySecret })
      watcher.feed.events.subscribe({ projectId }, { onError: resolve })
    })
    await ownerClient.keys.revoke.mutate({ projectId, keyId: key.id })
    const rest = []
    for await (const event of events) rest.push(event)
    expect(rest.at(-1)).toMatchObject({ type: 'error', data: { error: { code: 'revoked-key' } } })
    expect(await feedError).toMatchObject({ data: { code: 'UNAUTHORIZED' } })
  })
})

describe('content', () => {
  test('reaches whoever may read it', async () => {
    expect(await (await get(`/v1/traces/${traceId}?content=full`)).text()).toContain(secret)
  })

  test('reaches nobody once the project hides it, by no way', async () => {
    const { ownerClient, client, projectId } = clew
    const policy = { projectId, metadataDays: 30, contentDays: 30 } as const
    await ownerClient.retention.update.mutate({ ...policy, contentAccess: 'nobody' })
    await vi.waitFor(async () => {
      expect(await (await get(`/v1/traces/${traceId}?content=full`)).text()).not.toContain(secret)
    }, 10_000)
    const where = { field: 'input', op: '~', value: 'tent' } as const
    const refused = { data: { reason: 'forbidden' } }
    await expect(client.runs.list.query({ projectId, filter: { text: 'tent' } })).rejects.toMatchObject(
      refused,
    )
    await expect(client.runs.count.query({ projectId, filter: { where } })).rejects.toMatchObject(refused)
    const answers = [
      await client.runs.list.query({ projectId }),
      await client.runs.get.query({ projectId, traceId }),
      await client.runs.graph.query({ projectId, traceId }),
      await client.runs.span.query({ projectId, traceId, spanId: 'd'.repeat(16) }),
      await client.tasks.list.query({ projectId }),
      await (await get(`/v1/traces/${traceId}/stream`)).text(),
      await (await get('/v1/traces')).text(),
    ]
    for (const answer of answers) expect(JSON.stringify(answer)).not.toContain('tent')
    await ownerClient.retention.update.mutate({ ...policy, contentAccess: 'readers' })
  })
})

function createByCookie(headers: Record<string, string>) {
  return fetch(`${clew.url}/trpc/projects.create`, {
    method: 'POST',
    headers: { cookie: clew.cookie, 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ json: { name: 'Made by another site' } }),
  })
}

describe('changes that rest on a cookie', () => {
  test('are refused from another site', async () => {
    expect((await createByCookie({ origin: 'https://evil.example' })).status).toBe(403)
    expect((await createByCookie({ 'sec-fetch-site': 'cross-site' })).status).toBe(403)
    expect((await createByCookie({ origin: 'null' })).status).toBe(403)
  })

  test('are refused as a form would send them', async () => {
    expect((await createByCookie({ 'content-type': 'text/plain' })).status).toBe(415)
  })

  test('are taken from our own pages', async () => {
    expect((await createByCookie({ origin: clew.url })).status).toBe(200)
  })
})

describe('a wrong request is told what is wrong', () => {
  test.each([
    ['/v1/traces/nothex', 400, 'invalid'],
    ['/v1/traces?limit=1000', 400, 'invalid'],
    ['/v1/traces?filter=%7B%22where%22%3A1%7D', 400, 'invalid'],
    ['/v1/traces?cursor=made-up', 400, 'invalid'],
    [`/v1/traces/${'9'.repeat(32)}`, 404, 'not-found'],
    ['/v1/tasks/none', 404, 'not-found'],
    ['/v1/chats/none/trace', 404, 'not-found'],
    ['/v1/scores', 405, 'method-not-allowed'],
    ['/v1/nothing-here', 404, 'not-found'],
  ])('%s', async (path, status, code) => {
    expect(await errorOf(await get(path))).toEqual({ status, code })
  })
})

test('the reference describes every path', async () => {
  const document: { paths: object } = JSON.parse(await (await get('/v1/openapi.json')).text())
  expect(Object.keys(document.paths)).toEqual(
    expect.arrayContaining(['/v1/traces', '/v1/traces/{traceId}/stream', '/v1/tasks/{taskId}', '/v1/scores']),
  )
})
