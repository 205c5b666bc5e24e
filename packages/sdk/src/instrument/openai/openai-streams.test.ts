import OpenAI from 'openai'
import { afterEach, beforeEach, expect, test } from 'vitest'

import { startRig } from '../../testing/start-rig.ts'
import type { Rig } from '../../testing/start-rig.ts'
import type { SinkSpan } from '../../testing/start-sink.ts'

const usage = { input: 120, output: 40, cacheRead: 64, reasoning: 16 }
const messages = [{ role: 'user' as const, content: 'Where is order 42?' }]
let rig: Rig
let client: OpenAI

beforeEach(async () => await start())
afterEach(async () => await rig.close())

async function start(live = false): Promise<void> {
  rig = await startRig({ modules: { openai: OpenAI }, live })
  client = new OpenAI({ apiKey: 'k', baseURL: `${rig.model.url}/v1`, maxRetries: 0 })
}

async function onlySpan(): Promise<SinkSpan> {
  const [span, ...others] = await rig.spans()
  if (span === undefined || others.length > 0) throw new Error(`${others.length + 1} spans`)
  return span
}

test('a stream is recorded as it is read, with first token, text and usage', async () => {
  rig.answer(() => ({ text: 'It left this morning.', usage }))
  const stream = await client.chat.completions.create({
    model: 'm',
    messages,
    stream: true,
    stream_options: { include_usage: true },
  })
  let text = ''
  for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? ''
  expect(text).toBe('It left this morning.')
  const { attributes } = await onlySpan()
  expect(attributes).toMatchObject({
    'llm.output_messages.0.message.content': 'It left this morning.',
    'llm.finish_reason': 'stop',
    'llm.token_count.total': 160,
  })
  expect(attributes['clew.time_to_first_token_ms']).toBeGreaterThan(0)
})

test('streamed tool calls and further choices are put together', async () => {
  rig.answer(() => ({
    text: 'ALPHA ONE',
    alternatives: ['beta two'],
    toolCalls: [{ name: 'lookup', arguments: { id: 42 } }],
  }))
  for await (const chunk of await client.chat.completions.create({
    model: 'm',
    n: 2,
    messages,
    stream: true,
  }))
    void chunk
  expect((await onlySpan()).attributes).toMatchObject({
    'llm.output_messages.0.message.content': 'ALPHA ONE',
    'llm.output_messages.0.message.tool_calls.0.tool_call.function.arguments': '{"id":42}',
    'llm.output_messages.1.message.content': 'beta two',
  })
})

test('tee and toReadableStream work and are recorded once', async () => {
  rig.answer(() => ({ text: 'one two' }))
  const [left, right] = (await client.chat.completions.create({ model: 'm', messages, stream: true })).tee()
  const counts = [0, 0]
  for await (const chunk of left) counts[0] = (counts[0] ?? 0) + chunk.choices.length
  for await (const chunk of right) counts[1] = (counts[1] ?? 0) + chunk.choices.length
  expect(counts[0]).toBe(counts[1])
  const reader = (await client.chat.completions.create({ model: 'm', messages, stream: true }))
    .toReadableStream()
    .getReader()
  while (!(await reader.read()).done);
  expect((await rig.spans()).map((span) => span.attributes['llm.output_messages.0.message.content'])).toEqual(
    ['one two', 'one two'],
  )
})

test('a cut stream throws and keeps what had come', async () => {
  rig.answer(() => ({ text: 'one two three four five', fault: { kind: 'cut', afterChunks: 4 } }))
  const stream = await client.chat.completions.create({ model: 'm', messages, stream: true })
  await expect(
    (async () => {
      for await (const chunk of stream) void chunk
    })(),
  ).rejects.toThrow(/terminated|closed/)
  const span = await onlySpan()
  expect(span.status.code).toBe(2)
  expect(span.attributes['llm.output_messages.0.message.content']).toBe('one two three')
})

test('a reader that stops early ends the span with what it read', async () => {
  rig.answer(() => ({ text: 'one two three' }))
  for await (const chunk of await client.chat.completions.create({ model: 'm', messages, stream: true })) {
    if (chunk.choices[0]?.delta.content === 'one') break
  }
  const span = await onlySpan()
  expect(span.attributes['llm.output_messages.0.message.content']).toBe('one')
  expect(span.attributes).not.toHaveProperty('llm.finish_reason')
})

test('a stream that nobody reads is recorded when tracing ends', async () => {
  rig.answer(() => ({ text: 'unread' }))
  await client.chat.completions.create({ model: 'm', messages, stream: true })
  await rig.clew.shutdown()
  expect(rig.sink.spans()).toHaveLength(1)
})

test('a streamed answer is told in pieces while it comes, and a secret in it never', async () => {
  const key = ['sk-', 'proj-', 'aB3dE5gH7jK9mN1pQ2sT4vW6yZ8bC0dF'].join('')
  await rig.close()
  await start(true)
  rig.answer(() => ({
    text: `Your new key is ${key} so keep it safe, all of you who read this.`,
    chunkDelayMs: 40,
  }))
  for await (const chunk of await client.chat.completions.create({ model: 'm', messages, stream: true }))
    void chunk
  await rig.clew.forceFlush()
  const pieces = rig.sink.logs().map((log) => String(log.attributes['clew.delta.text']))
  expect(pieces.length).toBeGreaterThan(2)
  expect(pieces.join('')).toBe(
    'Your new key is [redacted:openai-key] so keep it safe, all of you who read this.',
  )
  expect(rig.sink.logs().map((log) => log.attributes['clew.delta.seq'])).toEqual([...pieces.keys()])
  expect(JSON.stringify(rig.sink.requests.map((request) => request.text))).not.toContain(key)
})

test('the stream and tool helpers work, one span a call', async () => {
  rig.answer(({ lastToolResults }) =>
    lastToolResults.length > 0 ? { text: 'done' } : { toolCalls: [{ name: 'lookup', arguments: {} }] },
  )
  const runner = client.chat.completions.runTools({
    model: 'm',
    messages,
    tools: [
      {
        type: 'function',
        function: {
          name: 'lookup',
          description: 'd',
          parse: JSON.parse,
          parameters: { type: 'object', properties: {} },
          function: () => 'ok',
        },
      },
    ],
  })
  expect(await runner.finalContent()).toBe('done')
  rig.answer(() => ({ text: 'streamed' }))
  expect(await client.chat.completions.stream({ model: 'm', messages }).finalContent()).toBe('streamed')
  expect(await rig.spans()).toHaveLength(3)
})
