import { createServer, get, type IncomingMessage, type ServerResponse } from 'node:http'
import { expect, test, vi } from 'vitest'
import { OpenStreams } from './open-streams.ts'

async function openOne() {
  const responses: ServerResponse[] = []
  const server = createServer((_req, res) => {
    responses.push(res)
    res.writeHead(200).flushHeaders()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  const asked = get(`http://127.0.0.1:${address.port}/`)
  const response = await new Promise<IncomingMessage>((resolve) => asked.once('response', resolve))
  const [res] = responses
  if (res === undefined) throw new Error('no response')
  const streams = new OpenStreams()
  streams.add(res)
  return { res, response, streams, close: () => server.closeAllConnections() }
}

test('a reader who takes nothing is dropped once a megabyte waits', async () => {
  const { res, response, streams, close } = await openOne()
  response.pause()
  const piece = Buffer.alloc(300_000, 'x')
  await vi.waitFor(() => {
    streams.write(res, piece)
    expect(res.destroyed).toBe(true)
  }, 10_000)
  close()
})

test('one event may be larger than that, and a reader who takes it stays', async () => {
  const { res, response, streams, close } = await openOne()
  let received = 0
  response.on('data', (chunk: Buffer) => (received += chunk.length))
  const whole = Buffer.alloc(20_000_000, 'x')
  streams.write(res, whole)
  await vi.waitFor(() => expect(received).toBe(whole.length), 10_000)
  streams.write(res, whole)
  await vi.waitFor(() => expect(received).toBe(2 * whole.length), 10_000)
  expect(res.destroyed).toBe(false)
  close()
})
