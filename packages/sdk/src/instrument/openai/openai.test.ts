import { startFakeModel } from '@clew/fake-model'
import type { FakeModel, FakeReply, FakeRequest } from '@clew/fake-model'
import OpenAI, { APIUserAbortError, InternalServerError, RateLimitError } from 'openai'
import { zodResponseFormat, zodTextFormat } from 'openai/helpers/zod'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { z } from 'zod'

import type { ClewTracing } from '../../clew-tracing.ts'
import { setup } from '../../setup.ts'
import { manualSpan } from '../../spans/span-functions.ts'
import { startSink } from '../../testing/start-sink.ts'
import type { Sink, SinkSpan } from '../../testing/start-sink.ts'

let sink: Sink
let model: FakeModel
let clew: ClewTracing
let client: OpenAI
let reply: (request: FakeRequest) => FakeReply

const usage = { input: 120, output: 40, cacheRead: 64, reasoning: 16 }
const messages = [{ role: 'user' as const, content: 'Where is order 42?' }]
const answer = z.object({ answer: z.number() })

beforeAll(async () => {
  sink = await startSink()
  model = await startFakeModel({ script: (request) => reply(request) })
  clew = setup({ endpoint: sink.url, exitHooks: false, live: false, modules: { openai: OpenAI } })
  client = new OpenAI({ apiKey: 'k', baseURL: `${model.url}/v1`, maxRetries: 0 })
})

afterEach(() => {
  sink.requests.length = 0
})

afterAll(async () => {
  await clew.shutdown()
  await Promise.all([sink.close(), model.close()])
})

async function onlySpan(): Promise<SinkSpan> {
  await clew.forceFlush()
  const [span, ...others] = sink.spans()
  if (span === undefined || others.length > 0) throw new Error(`${others.length + 1} spans`)
  return span
}

test('setup says that openai is patched', () => {
  expect(clew.installResults).toContainEqual(expect.objectContaining({ name: 'openai', state: 'patched' }))
})

test('a chat completion is recorded with messages, tokens and finish reason', async () => {
  reply = () => ({ text: 'It left this morning.', usage, model: 'gpt-5-mini-2026' })
  const completion = await client.chat.completions.create({ model: 'gpt-5-mini', messages, temperature: 0.2 })
  expect(completion.choices[0]?.message.content).toBe('It left this morning.')
  expect(completion).toHaveProperty('_request_id', expect.stringMatching(/^req_/))
  const span = await onlySpan()
  expect(span.name).toBe('chat gpt-5-mini')
  expect(span.attributes).toMatchObject({
    'openinference.span.kind': 'LLM',
    'llm.model_name': 'gpt-5-mini-2026',
    'gen_ai.request.model': 'gpt-5-mini',
    'llm.provider': 'openai',
    'llm.invocation_parameters': '{"temperature":0.2}',
    'llm.input_messages.0.message.content': 'Where is order 42?',
    'llm.output_messages.0.message.content': 'It left this morning.',
    'llm.finish_reason': 'stop',
    'llm.token_count.prompt': 120,
    'llm.token_count.completion': 40,
    'llm.token_count.total': 160,
    'llm.token_count.prompt_details.cache_read': 64,
    'llm.token_count.completion_details.reasoning': 16,
  })
})

test('tool calls and offered tools are recorded', async () => {
  reply = () => ({ toolCalls: [{ name: 'lookup', arguments: { id: 42 }, id: 'call_1' }] })
  const tools = [
    {
      type: 'function' as const,
      function: { name: 'lookup', parameters: { type: 'object', properties: {} } },
    },
  ]
  await client.chat.completions.create({ model: 'm', messages, tools })
  const { attributes } = await onlySpan()
  expect(attributes).toMatchObject({
    'llm.output_messages.0.message.tool_calls.0.tool_call.id': 'call_1',
    'llm.output_messages.0.message.tool_calls.0.tool_call.function.name': 'lookup',
    'llm.output_messages.0.message.tool_calls.0.tool_call.function.arguments': '{"id":42}',
    'llm.finish_reason': 'tool_calls',
  })
  expect(attributes['llm.tools.0.tool.json_schema']).toContain('"name":"lookup"')
})

test.each([
  [
    'chat parse',
    async () =>
      (
        await client.chat.completions.parse({
          model: 'm',
          messages,
          response_format: zodResponseFormat(answer, 's'),
        })
      ).choices[0]?.message.parsed,
  ],
  [
    'responses parse',
    async () =>
      (await client.responses.parse({ model: 'm', input: 'q', text: { format: zodTextFormat(answer, 's') } }))
        .output_parsed,
  ],
])('%s keeps its parsed value and is recorded once', async (_name, run) => {
  reply = () => ({ text: '{"answer":42}' })
  expect(await run()).toEqual({ answer: 42 })
  expect((await onlySpan()).attributes['llm.output_messages.0.message.content']).toBe('{"answer":42}')
})

test('asResponse and withResponse stay what they are', async () => {
  reply = () => ({ text: 'raw' })
  const raw = await client.chat.completions.create({ model: 'm', messages }).asResponse()
  expect(await raw.json()).toMatchObject({ choices: [{ message: { content: 'raw' } }] })
  const parsedRaw = await client.chat.completions.parse({ model: 'm', messages }).asResponse()
  expect(parsedRaw.bodyUsed).toBe(false)
  const both = await client.chat.completions.create({ model: 'm', messages }).withResponse()
  expect([both.data.choices[0]?.message.content, both.response.status, both.request_id]).toEqual([
    'raw',
    200,
    expect.stringMatching(/^req_/),
  ])
  await clew.forceFlush()
  expect(sink.spans().map((span) => span.attributes['llm.output_messages.0.message.content'])).toEqual([
    undefined,
    undefined,
    'raw',
  ])
})

test('a call stays lazy: nothing is parsed until it is awaited', async () => {
  reply = () => ({ text: 'late' })
  const promise = client.chat.completions.create({ model: 'm', messages })
  expect(promise.constructor.name).toBe('APIPromise')
  const response = await promise.asResponse()
  expect(response.bodyUsed).toBe(false)
  await clew.forceFlush()
})

test('an error is the very error of the library and is recorded', async () => {
  reply = () => ({
    fault: { kind: 'status', status: 429, message: 'slow down', code: 'rate_limit_exceeded' },
  })
  await expect(client.chat.completions.create({ model: 'm', messages })).rejects.toBeInstanceOf(
    RateLimitError,
  )
  expect(await onlySpan()).toMatchObject({
    status: { code: 2 },
    attributes: { 'error.type': 'RateLimitError', 'http.response.status_code': 429 },
  })
})

test('a call that the library refuses at once throws as before', async () => {
  // @ts-expect-error -- a mistake that plain JavaScript can make
  expect(() => client.chat.completions.create()).toThrow(TypeError)
  await clew.forceFlush()
  expect(sink.spans()).toMatchObject([{ status: { code: 2 } }])
})

test('an aborted call throws the library’s own error', async () => {
  reply = () => ({ fault: { kind: 'hang' } })
  const abort = new AbortController()
  const call = client.chat.completions.create({ model: 'm', messages }, { signal: abort.signal })
  setTimeout(() => abort.abort(), 20)
  await expect(call).rejects.toBeInstanceOf(APIUserAbortError)
  expect((await onlySpan()).attributes['error.type']).toBe('APIUserAbortError')
})

test('the responses API is recorded, streamed or not', async () => {
  reply = () => ({ reasoning: 'two days', text: 'Tomorrow.', usage })
  const response = await client.responses.create({
    model: 'gpt-5',
    instructions: 'Be brief.',
    input: 'When?',
  })
  expect(response.output_text).toBe('Tomorrow.')
  const stream = await client.responses.create({ model: 'gpt-5', input: 'When?', stream: true })
  for await (const event of stream) void event
  expect(
    (await client.responses.stream({ model: 'gpt-5', input: 'When?' }).finalResponse()).output_text,
  ).toBe('Tomorrow.')
  await clew.forceFlush()
  expect(sink.spans()).toHaveLength(3)
  for (const { attributes } of sink.spans()) {
    expect(attributes).toMatchObject({
      'llm.output_messages.0.message.contents.0.message_content.type': 'reasoning',
      'llm.output_messages.0.message.contents.1.message_content.text': 'Tomorrow.',
      'llm.token_count.prompt': 120,
      'llm.token_count.completion_details.reasoning': 16,
    })
  }
  expect(sink.spans()[0]?.attributes['llm.input_messages.0.message.content']).toBe('Be brief.')
})

test('a response that fails in its stream is a failure', async () => {
  reply = () => ({ fault: { kind: 'failed-response', message: 'model exploded' } })
  for await (const event of await client.responses.create({ model: 'm', input: 'q', stream: true }))
    void event
  expect((await onlySpan()).status).toMatchObject({ code: 2, message: 'model exploded' })
})

test('embeddings are recorded with text and tokens, without vectors', async () => {
  reply = () => ({ embeddings: [[0.5, 0.25]], usage: { input: 3 } })
  const result = await client.embeddings.create({ model: 'text-embedding-3-small', input: ['refund policy'] })
  expect([...(result.data[0]?.embedding ?? [])]).toEqual([0.5, 0.25])
  expect((await onlySpan()).attributes).toMatchObject({
    'openinference.span.kind': 'EMBEDDING',
    'embedding.model_name': 'text-embedding-3-small',
    'embedding.embeddings.0.embedding.text': 'refund policy',
    'llm.token_count.prompt': 3,
  })
})

test('a thousand messages keep tokens, finish reason and output', async () => {
  reply = () => ({ text: 'still here', usage })
  const many = Array.from({ length: 1000 }, (_, index) => ({
    role: 'user' as const,
    content: `message ${index}`,
  }))
  await client.chat.completions.create({ model: 'm', messages: many })
  expect((await onlySpan()).attributes).toMatchObject({
    'llm.input_messages.999.message.content': 'message 999',
    'llm.output_messages.0.message.content': 'still here',
    'llm.token_count.total': 160,
    'llm.finish_reason': 'stop',
  })
})

test('an image is told by size and hash, not sent', async () => {
  reply = () => ({ text: 'a tent' })
  const url = `data:image/png;base64,${'A'.repeat(1 << 20)}`
  await client.chat.completions.create({
    model: 'm',
    messages: [
      {
        role: 'user',
        content: [
          { type: 'text', text: 'what?' },
          { type: 'image_url', image_url: { url } },
        ],
      },
    ],
  })
  expect((await onlySpan()).attributes['llm.input_messages.0.message.content']).toMatch(
    /^what\?\n\[image\/png, 786432 bytes, sha256 /,
  )
  expect(sink.requests.reduce((sum, request) => sum + request.wireBytes, 0)).toBeLessThan(10_000)
})

test('model calls hang under the step that made them', async () => {
  reply = () => ({ text: 'ok' })
  await manualSpan(
    { spanName: 'plan' },
    async () => await client.chat.completions.create({ model: 'm', messages }),
  )
  await clew.forceFlush()
  expect(sink.span('chat m').parentSpanId).toBe(sink.span('plan').spanId)
})

test('a rejection that nobody handles is still reported as unhandled', async () => {
  reply = () => ({ fault: { kind: 'status', status: 500 } })
  const seen: unknown[] = []
  const listeners = process.listeners('unhandledRejection')
  process.removeAllListeners('unhandledRejection')
  process.on('unhandledRejection', (error) => seen.push(error))
  void client.chat.completions.create({ model: 'm', messages })
  await vi.waitFor(() => expect(seen).toHaveLength(1))
  process.removeAllListeners('unhandledRejection')
  for (const listener of listeners) process.on('unhandledRejection', listener)
  expect(seen[0]).toBeInstanceOf(InternalServerError)
  await clew.forceFlush()
})
