import { createHook } from 'node:async_hooks'
import OpenAI from 'openai'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'

import { agentSpan, manualSpan } from './spans/span-functions.ts'
import { startRig } from './testing/start-rig.ts'
import type { Rig } from './testing/start-rig.ts'

let rig: Rig
let client: OpenAI

beforeAll(async () => {
  rig = await startRig({ modules: { openai: OpenAI } })
  client = new OpenAI({ apiKey: 'k', baseURL: `${rig.model.url}/v1`, maxRetries: 0 })
})
afterEach(() => rig.clear())
afterAll(async () => await rig.close())

test('6,000 spans side by side arrive, each once', async () => {
  await Promise.all(
    Array.from({ length: 6000 }, async (_, index) => {
      await manualSpan(
        { spanName: `s${index}` },
        async () => await new Promise((resolve) => setImmediate(resolve)),
      )
    }),
  )
  const spans = await rig.spans()
  expect(new Set(spans.map((span) => span.name)).size).toBe(6000)
  expect(rig.sink.all().filter((span) => span.endTimeUnixNano !== '0')).toHaveLength(6000)
  expect(rig.clew.stats()).toMatchObject({ dropped: 0, failed: 0, faults: 0 })
}, 30_000)

test('with async hooks on, the promise that follows keeps an identity of its own', async () => {
  const hook = createHook({ init: () => {} }).enable()
  try {
    const inner = Promise.resolve('done')
    const followed = manualSpan({ spanName: 'step' }, () => inner)
    const marks = Object.getOwnPropertySymbols(followed).filter(
      ({ description }) => description === 'async_id_symbol',
    )
    expect(marks).toHaveLength(1)
    for (const mark of marks) expect(Reflect.get(followed, mark)).not.toBe(Reflect.get(inner, mark))
    expect(await followed).toBe('done')
  } finally {
    hook.disable()
  }
})

const user = (content: string): { role: 'user'; content: string }[] => [{ role: 'user', content }]

test.each([
  ['a prompt of 50 KB', { model: 'm', messages: user('a prompt with words in it, '.repeat(2000)) }],
  [
    '30 tools of 2 KB',
    {
      model: 'm',
      messages: user('hi'),
      tools: Array.from({ length: 30 }, (_, index) => ({
        type: 'function' as const,
        function: {
          name: `t${index}`,
          description: 'd'.repeat(2000),
          parameters: { type: 'object', properties: {} },
        },
      })),
    },
  ],
])('%s is sent once, and smaller than it was', async (_name, request) => {
  rig.answer(() => ({ text: 'ok' }))
  await client.chat.completions.create(request)
  await rig.spans()
  const wireBytes = rig.sink.requests.reduce((sum, one) => sum + one.wireBytes, 0)
  expect(wireBytes).toBeLessThan(JSON.stringify(request).length / 4)
})

test.each([['plain text'], [undefined], [null], [{ code: 7 }]])('%s may be thrown', async (thrown) => {
  // oxlint-disable-next-line prefer-promise-reject-errors -- anything can be thrown
  const failing = agentSpan({ agentId: 'odd' }, async () => await Promise.reject(thrown))
  await expect(failing).rejects.toBe(thrown)
  await rig.spans()
  expect(rig.sink.span('odd').status.code).toBe(2)
})

test('a model call lasts as long as its stream is read, and says when the first token came', async () => {
  rig.answer(() => ({ text: 'one two three four', chunkDelayMs: 20 }))
  for await (const chunk of await client.chat.completions.create({
    model: 'm',
    messages: user('q'),
    stream: true,
  }))
    void chunk
  const [span] = await rig.spans()
  const durationMs = Number(BigInt(span?.endTimeUnixNano ?? 0) - BigInt(span?.startTimeUnixNano ?? 0)) / 1e6
  expect(durationMs).toBeGreaterThan(80)
  expect(span?.attributes['clew.time_to_first_token_ms']).toBeLessThan(durationMs)
})

test('reasoning of models that tell it beside the answer is kept apart', async () => {
  rig.answer(() => ({ reasoning: 'thinking hard', text: 'done' }))
  for await (const chunk of await client.chat.completions.create({
    model: 'm',
    messages: user('q'),
    stream: true,
  }))
    void chunk
  const [span] = await rig.spans()
  expect(span?.attributes).toMatchObject({
    'llm.output_messages.0.message.contents.0.message_content.text': 'thinking hard',
    'llm.output_messages.0.message.contents.1.message_content.text': 'done',
  })
})

test('after shutdown everything still runs, unrecorded and without a word', async () => {
  const other = await startRig()
  await rig.clew.shutdown()
  await other.clew.shutdown()
  rig.answer(() => ({ text: 'still' }))
  const answer = await manualSpan({ spanName: 'after' }, async () => {
    return await client.chat.completions.create({ model: 'm', messages: user('q') })
  })
  expect(answer.choices[0]?.message.content).toBe('still')
  expect(other.sink.spans()).toEqual([])
  await other.close()
})
