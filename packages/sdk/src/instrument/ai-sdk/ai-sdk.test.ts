import { createOpenAI } from '@ai-sdk/openai'
import * as ai from 'ai'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'

import { agentSpan, manualSpan } from '../../spans/span-functions.ts'
import { startRig } from '../../testing/start-rig.ts'
import type { Rig } from '../../testing/start-rig.ts'
import { createAISdkTelemetrySettings, instrumentAISdk } from './index.ts'

const usage = { input: 120, output: 40, cacheRead: 64, reasoning: 16 }
let rig: Rig
let model: ReturnType<ReturnType<typeof createOpenAI>['chat']>
let openai: ReturnType<typeof createOpenAI>

beforeAll(async () => {
  rig = await startRig({ modules: { aiSdk: ai } })
  openai = createOpenAI({ apiKey: 'k', baseURL: `${rig.model.url}/v1` })
  model = openai.chat('gpt-5-mini')
})
afterEach(() => rig.clear())
afterAll(async () => await rig.close())

const weather = ai.tool({
  description: 'weather',
  inputSchema: z.object({ city: z.string() }),
  execute: async ({ city }) =>
    await manualSpan({ spanName: 'lookup' }, async () => {
      await Promise.resolve()
      return `sunny in ${city}`
    }),
})

function callTool(): void {
  rig.answer(({ lastToolResults }) =>
    lastToolResults.length > 0
      ? { text: 'It is sunny.', usage }
      : { toolCalls: [{ name: 'weather', arguments: { city: 'Paris' }, id: 'call_1' }], usage },
  )
}

test('the AI SDK is reported as recorded', () => {
  expect(rig.clew.installResults).toContainEqual(expect.objectContaining({ name: 'aiSdk', state: 'patched' }))
  expect(instrumentAISdk({ generateText: () => undefined })).toMatchObject({
    state: 'failed',
    reason: expect.stringContaining('createAISdkTelemetrySettings') as unknown,
  })
})

test('a loop of model and tools is a tree, each call once, what tools do below them', async () => {
  callTool()
  const result = await ai.generateText({
    model,
    prompt: 'Weather in Paris?',
    tools: { weather },
    stopWhen: ai.isStepCount(3),
    telemetry: { functionId: 'forecast' },
  })
  expect(result.text).toBe('It is sunny.')
  expect(await rig.tree()).toEqual([
    'forecast [AGENT]',
    '  chat gpt-5-mini [LLM]',
    '  weather [TOOL]',
    '    lookup [CHAIN]',
    '  chat gpt-5-mini [LLM]',
  ])
  const [first, second] = (await rig.spans()).filter(
    (span) => span.attributes['openinference.span.kind'] === 'LLM',
  )
  expect(first?.attributes).toMatchObject({
    'llm.input_messages.0.message.content': 'Weather in Paris?',
    'llm.output_messages.0.message.tool_calls.0.tool_call.function.arguments': '{"city":"Paris"}',
    'llm.finish_reason': 'tool-calls',
    'agent.name': 'forecast',
  })
  expect(second?.attributes).toMatchObject({
    'llm.token_count.prompt': 120,
    'llm.token_count.prompt_details.cache_read': 64,
    'llm.token_count.completion_details.reasoning': 16,
    'llm.output_messages.0.message.content': 'It is sunny.',
  })
  expect(rig.sink.span('weather').attributes).toMatchObject({
    'tool_call.id': 'call_1',
    'output.value': 'sunny in Paris',
  })
  expect(rig.sink.span('forecast').attributes).toMatchObject({ 'output.value': 'It is sunny.' })
})

test('calls that run side by side stay apart', async () => {
  rig.answer(({ lastUserText }) => ({ text: `answer to ${lastUserText}` }))
  await agentSpan({ agentId: 'fan-out' }, async () => {
    await Promise.all(
      ['one', 'two', 'three'].map(
        async (prompt) => await ai.generateText({ model, prompt, telemetry: { functionId: prompt } }),
      ),
    )
  })
  expect((await rig.tree()).toSorted()).toEqual(
    [
      'fan-out [AGENT]',
      ...['one', 'three', 'two'].map((name) => `  ${name} [AGENT]`),
      ...Array.from({ length: 3 }, () => '    chat gpt-5-mini [LLM]'),
    ].toSorted(),
  )
  for (const name of ['one', 'two', 'three']) {
    const span = rig.sink.span(name)
    const call = rig.sink.spans().find((one) => one.parentSpanId === span.spanId)
    expect(call?.attributes['llm.output_messages.0.message.content']).toBe(`answer to ${name}`)
  }
})

test('an agent that a tool calls stands below that tool, under its own name', async () => {
  rig.answer(({ toolNames, lastToolResults }) =>
    toolNames.includes('research') && lastToolResults.length === 0
      ? { toolCalls: [{ name: 'research', arguments: {} }], usage }
      : { text: 'Five days.', usage },
  )
  const research = ai.tool({
    inputSchema: z.object({}),
    execute: async () => {
      const { text } = await ai.generateText({
        model,
        prompt: 'How long?',
        telemetry: { functionId: 'researcher' },
      })
      return text
    },
  })
  await ai.generateText({
    model,
    prompt: 'Find out.',
    tools: { research },
    stopWhen: ai.isStepCount(3),
    telemetry: { functionId: 'support' },
  })
  expect(await rig.tree()).toEqual([
    'support [AGENT]',
    '  chat gpt-5-mini [LLM]',
    '  research [TOOL]',
    '    researcher [AGENT]',
    '      chat gpt-5-mini [LLM]',
    '  chat gpt-5-mini [LLM]',
  ])
  const calls = (await rig.spans()).filter((span) => span.attributes['openinference.span.kind'] === 'LLM')
  const names = new Map(calls.map((span) => [span.parentSpanId, span.attributes['agent.name']]))
  expect(names.get(rig.sink.span('researcher').spanId)).toBe('researcher')
  expect(names.get(rig.sink.span('support').spanId)).toBe('support')
})

test('a stream is recorded when it was read', async () => {
  callTool()
  const stream = ai.streamText({ model, prompt: 'Weather?', tools: { weather }, stopWhen: ai.isStepCount(3) })
  let text = ''
  for await (const piece of stream.textStream) text += piece
  expect(text).toBe('It is sunny.')
  expect(await rig.tree()).toEqual([
    'ai.streamText [AGENT]',
    '  chat gpt-5-mini [LLM]',
    '  weather [TOOL]',
    '    lookup [CHAIN]',
    '  chat gpt-5-mini [LLM]',
  ])
  const last = (await rig.spans()).findLast((span) => span.name.startsWith('chat'))
  expect(last?.attributes).toMatchObject({ 'llm.token_count.total': 160 })
  expect(last?.attributes['clew.time_to_first_token_ms']).toBeGreaterThan(0)
})

test('a failing model and a failing tool are told, and thrown as before', async () => {
  rig.answer(() => ({ fault: { kind: 'status', status: 400, message: 'no such model' } }))
  await expect(ai.generateText({ model, prompt: 'x', maxRetries: 0 })).rejects.toBeInstanceOf(ai.APICallError)
  expect(await rig.tree()).toEqual(['ai.generateText [AGENT] failed', '  chat gpt-5-mini [LLM] failed'])
  rig.clear()
  callTool()
  const broken = ai.tool({
    inputSchema: z.object({ city: z.string() }),
    execute: (): string => {
      throw new Error('no satellite')
    },
  })
  await ai.generateText({ model, prompt: 'x', tools: { weather: broken }, stopWhen: ai.isStepCount(3) })
  expect((await rig.tree()).filter((line) => line.includes('failed'))).toEqual(['  weather [TOOL] failed'])
})

test('structured output and embeddings are recorded', async () => {
  rig.answer(() => ({ text: '{"answer":42}', usage }))
  const { output } = await ai.generateText({
    model,
    prompt: 'x',
    output: ai.Output.object({ schema: z.object({ answer: z.number() }) }),
  })
  expect(output).toEqual({ answer: 42 })
  rig.answer(() => ({ embeddings: [[0.5, 0.25]], usage: { input: 3 } }))
  await ai.embed({ model: openai.embedding('text-embedding-3-small'), value: 'refunds' })
  expect(await rig.tree()).toEqual([
    'ai.generateText [AGENT]',
    '  chat gpt-5-mini [LLM]',
    'ai.embed [CHAIN]',
    '  embeddings text-embedding-3-small [EMBEDDING]',
  ])
  expect(rig.sink.span('embeddings text-embedding-3-small').attributes).toMatchObject({
    'embedding.embeddings.0.embedding.text': 'refunds',
    'llm.token_count.prompt': 3,
  })
})

test('an abandoned stream ends its spans without claiming success', async () => {
  rig.answer(() => ({ text: 'a b c d e f g h', chunkDelayMs: 20 }))
  const abort = new AbortController()
  const stream = ai.streamText({ model, prompt: 'x', abortSignal: abort.signal, onError: () => undefined })
  for await (const piece of stream.textStream) if (piece !== '') abort.abort()
  const spans = await rig.spans()
  expect(spans.map((span) => span.status.code)).toEqual([0, 0])
})

test('settings for the older versions carry our tracer', () => {
  expect(createAISdkTelemetrySettings({ functionId: 'f' })).toMatchObject({
    isEnabled: true,
    functionId: 'f',
    recordInputs: true,
  })
  expect(createAISdkTelemetrySettings(rig.clew.tracer).tracer).toBe(rig.clew.tracer)
})
