import Anthropic, { RateLimitError } from '@anthropic-ai/sdk'
import { startFakeModel } from '@clew/fake-model'
import type { FakeModel, FakeReply, FakeRequest } from '@clew/fake-model'
import { trace } from '@opentelemetry/api'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'

import type { ClewTracing } from '../../clew-tracing.ts'
import { setup } from '../../setup.ts'
import { startSink } from '../../testing/start-sink.ts'
import type { Sink } from '../../testing/start-sink.ts'

let sink: Sink
let model: FakeModel
let clew: ClewTracing
let client: Anthropic
let reply: (request: FakeRequest) => FakeReply

const usage = { input: 1000, cacheRead: 700, cacheWrite: 200, output: 30 }
const base = { model: 'claude-sonnet-5', max_tokens: 100 }
const messages = [{ role: 'user' as const, content: 'Refund order 42.' }]

beforeAll(async () => {
  sink = await startSink()
  model = await startFakeModel({ script: (request) => reply(request) })
  clew = setup({ endpoint: sink.url, exitHooks: false, live: false, modules: { anthropic: Anthropic } })
  client = new Anthropic({
    apiKey: 'k',
    baseURL: model.url,
    maxRetries: 0,
    openTelemetry: { tracerProvider: trace.getTracerProvider() },
  })
})

afterEach(() => {
  sink.requests.length = 0
})

afterAll(async () => {
  await clew.shutdown()
  await Promise.all([sink.close(), model.close()])
})

const expected = {
  'openinference.span.kind': 'LLM',
  'llm.provider': 'anthropic',
  'llm.input_messages.0.message.role': 'system',
  'llm.input_messages.1.message.content': 'Refund order 42.',
  'llm.output_messages.0.message.contents.0.message_content.text': 'He paid twice.',
  'llm.output_messages.0.message.contents.1.message_content.text': 'I will look.',
  'llm.output_messages.0.message.tool_calls.0.tool_call.function.name': 'list_payments',
  'llm.output_messages.0.message.tool_calls.0.tool_call.function.arguments': '{"customer":"c_8812"}',
  'llm.finish_reason': 'tool_use',
  'llm.token_count.prompt': 1000,
  'llm.token_count.prompt_details.cache_read': 700,
  'llm.token_count.prompt_details.cache_write': 200,
  'llm.token_count.total': 1030,
}

test.each([
  [
    'create',
    async () => (await client.messages.create({ ...base, system: 'You are careful.', messages })).stop_reason,
  ],
  [
    'create with stream',
    async () => {
      let reason: string | null = null
      const stream = await client.messages.create({
        ...base,
        system: 'You are careful.',
        messages,
        stream: true,
      })
      for await (const event of stream) if (event.type === 'message_delta') reason = event.delta.stop_reason
      return reason
    },
  ],
  [
    'the stream helper',
    async () =>
      (await client.messages.stream({ ...base, system: 'You are careful.', messages }).finalMessage())
        .stop_reason,
  ],
  [
    'beta create',
    async () =>
      (await client.beta.messages.create({ ...base, system: 'You are careful.', messages })).stop_reason,
  ],
])('%s is recorded once, native span or not, with cache tokens inside the input', async (_name, run) => {
  reply = () => ({
    reasoning: 'He paid twice.',
    text: 'I will look.',
    toolCalls: [{ name: 'list_payments', arguments: { customer: 'c_8812' } }],
    usage,
  })
  expect(await run()).toBe('tool_use')
  await clew.forceFlush()
  expect(sink.spans()).toHaveLength(1)
  expect(sink.spans()[0]?.attributes).toMatchObject(expected)
})

test('tool results and cached system blocks are read as messages', async () => {
  reply = () => ({ text: 'Done.' })
  await client.messages.create({
    ...base,
    system: [{ type: 'text', text: 'Careful.', cache_control: { type: 'ephemeral' } }],
    messages: [
      ...messages,
      {
        role: 'assistant',
        content: [{ type: 'tool_use', id: 'toolu_1', name: 'refund', input: { amount: 189 } }],
      },
      { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'toolu_1', content: 'accepted' }] },
    ],
  })
  await clew.forceFlush()
  expect(sink.spans()[0]?.attributes).toMatchObject({
    'llm.input_messages.0.message.content': 'Careful.',
    'llm.input_messages.2.message.tool_calls.0.tool_call.function.arguments': '{"amount":189}',
    'llm.input_messages.3.message.role': 'tool',
    'llm.input_messages.3.message.content': 'accepted',
    'llm.input_messages.3.message.tool_call_id': 'toolu_1',
  })
})

test('errors and raw responses are the library’s own', async () => {
  reply = () => ({ fault: { kind: 'status', status: 429 } })
  await expect(client.messages.create({ ...base, messages })).rejects.toBeInstanceOf(RateLimitError)
  reply = () => ({ text: 'raw' })
  const raw = await client.messages.create({ ...base, messages }).asResponse()
  expect(await raw.json()).toMatchObject({ content: [{ text: 'raw' }] })
  await clew.forceFlush()
  expect(sink.spans().map((span) => span.status.code)).toEqual([2, 0])
})
