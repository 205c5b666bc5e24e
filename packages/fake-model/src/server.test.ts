import { afterEach, expect, test } from 'vitest'

import { startFakeModel } from './server.ts'
import type { FakeModel } from './server.ts'

let model: FakeModel | undefined
afterEach(async () => {
  await model?.close()
  model = undefined
})

async function post(path: string, body: unknown): Promise<Response> {
  return await fetch(`${model?.url ?? ''}${path}`, { method: 'POST', body: JSON.stringify(body) })
}

const question = [{ role: 'user', content: 'Where is my order?' }]

test('the script sees the same conversation through every API', async () => {
  model = await startFakeModel({ script: (request) => ({ text: `you asked: ${request.lastUserText}` }) })
  await post('/v1/chat/completions', { model: 'm', messages: question })
  await post('/v1/responses', { model: 'm', input: 'Where is my order?' })
  await post('/v1/messages', {
    model: 'm',
    messages: [{ role: 'user', content: [{ type: 'text', text: 'Where is my order?' }] }],
  })
  const gemini = await post('/v1beta/models/m:generateContent', {
    contents: [{ role: 'user', parts: [{ text: 'Where is my order?' }] }],
  })
  expect(model.requests.map((request) => request.lastUserText)).toEqual(Array(4).fill('Where is my order?'))
  expect(await gemini.json()).toMatchObject({
    candidates: [{ content: { parts: [{ text: 'you asked: Where is my order?' }] } }],
  })
})

test('usage follows from the length of the text unless the script states it', async () => {
  model = await startFakeModel({
    script: ({ index }) => ({
      text: 'x'.repeat(400),
      ...(index === 1 ? { usage: { input: 1000, cacheRead: 700 } } : {}),
    }),
  })
  const counted = await post('/v1/chat/completions', { model: 'm', messages: question })
  expect(await counted.json()).toMatchObject({ usage: { completion_tokens: 100 } })
  const stated = await post('/v1/messages', { model: 'm', messages: question })
  expect(await stated.json()).toMatchObject({
    usage: { input_tokens: 300, cache_read_input_tokens: 700, output_tokens: 100 },
  })
})

test('a streamed chat carries usage only when it was asked for', async () => {
  model = await startFakeModel({ script: () => ({ text: 'two words' }) })
  const plain = await (
    await post('/v1/chat/completions', { model: 'm', messages: question, stream: true })
  ).text()
  const asked = await (
    await post('/v1/chat/completions', {
      model: 'm',
      messages: question,
      stream: true,
      stream_options: { include_usage: true },
    })
  ).text()
  expect(plain).not.toContain('"usage"')
  expect(asked).toContain('"usage"')
  expect(plain.trim().endsWith('data: [DONE]')).toBe(true)
})

test('errors come in the API’s own shape, with Retry-After', async () => {
  model = await startFakeModel({
    script: () => ({ fault: { kind: 'status', status: 429, retryAfterSeconds: 2 } }),
  })
  const refused = await post('/v1/messages', { model: 'm', messages: question })
  expect(refused.status).toBe(429)
  expect(refused.headers.get('retry-after')).toBe('2')
  expect(await refused.json()).toMatchObject({ type: 'error', error: { type: 'rate_limit_error' } })
})

test('a cut stream ends in a broken connection, not in an orderly end', async () => {
  model = await startFakeModel({
    script: () => ({ text: 'one two three four five six', fault: { kind: 'cut' } }),
  })
  const response = await post('/v1/chat/completions', { model: 'm', messages: question, stream: true })
  await expect(response.text()).rejects.toThrow(/terminated|closed/)
})

test('a fault in the script is answered as a server error', async () => {
  model = await startFakeModel({
    script: () => {
      throw new Error('no line for this')
    },
  })
  const response = await post('/v1/responses', { model: 'm', input: 'q' })
  expect(response.status).toBe(500)
  expect(await response.text()).toContain('no line for this')
})

test('what is not an API call is refused', async () => {
  model = await startFakeModel()
  expect((await post('/v1/unknown', {})).status).toBe(404)
  expect((await fetch(`${model.url}/v1/responses`, { method: 'POST', body: '{' })).status).toBe(400)
})
