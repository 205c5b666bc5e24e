import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http'
import { afterEach, expect, test, vi } from 'vitest'
import { createClewClient } from './create-clew-client.ts'

const projectId = '00000000-0000-4000-8000-000000000000'
const servers: Server[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
})

async function listen(handler: RequestListener): Promise<string> {
  const server = createServer(handler)
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
}

test('a call carries the key and gives the typed answer', async () => {
  const seen: IncomingMessage[] = []
  const url = await listen((req, res) => {
    seen.push(req)
    const reply = { result: { data: { json: { needed: true, otlpUrl: 'x', publicUrl: 'y' } } } }
    res.setHeader('content-type', 'application/json').end(JSON.stringify([reply]))
  })
  const client = createClewClient({ baseUrl: `${url}/`, token: 'clew_sk_1', headers: () => ({ 'x-a': 'b' }) })
  expect(await client.setup.state.query()).toEqual({ needed: true, otlpUrl: 'x', publicUrl: 'y' })
  expect(seen[0]?.url).toMatch(/^\/trpc\/setup\.state/)
  expect(seen[0]?.headers).toMatchObject({ authorization: 'Bearer clew_sk_1', 'x-a': 'b' })
})

function makeUpdate(seq: number) {
  return { entry: { seq, traceIds: [], sessionIds: [], kind: 'span' }, runs: [], isResync: false }
}

test('a subscription that is cut, and finds the server starting, resumes after the last event', async () => {
  const seen: (string | undefined)[] = []
  const url = await listen((req, res) => {
    seen.push(req.headers['last-event-id']?.toString())
    if (seen.length === 2) return res.writeHead(503).end()
    res.writeHead(200, { 'content-type': 'text/event-stream' })
    res.write('retry: 5\n\nevent: connected\ndata: {}\n\n')
    const seq = seen.length === 1 ? 7 : 8
    res.write(`data: ${JSON.stringify({ json: makeUpdate(seq) })}\nid: ${seq}\n\n`)
    return seen.length === 1 ? res.end() : undefined
  })
  const client = createClewClient({ baseUrl: url, token: 'clew_sk_1' })
  const ids: string[] = []
  const errors: unknown[] = []
  const subscription = client.feed.events.subscribe(
    { projectId },
    { onData: ({ id }) => ids.push(id), onError: (error) => errors.push(error) },
  )
  await vi.waitFor(() => expect(ids).toEqual(['7', '8']), 10_000)
  subscription.unsubscribe()
  expect(seen).toEqual([undefined, '7', '7'])
  expect(errors).toEqual([])
})
