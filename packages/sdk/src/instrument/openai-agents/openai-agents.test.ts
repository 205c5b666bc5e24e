import * as agents from '@openai/agents'
import OpenAI from 'openai'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'

import { agentSpan, manualSpan } from '../../spans/span-functions.ts'
import { startRig } from '../../testing/start-rig.ts'
import type { Rig } from '../../testing/start-rig.ts'
import { instrumentOpenAIAgents } from './index.ts'

const usage = { input: 120, output: 40, cacheRead: 64, reasoning: 16 }
let rig: Rig

beforeAll(async () => {
  rig = await startRig({ modules: { openaiAgents: agents, openai: OpenAI } })
  // The framework switches its tracing off under NODE_ENV=test; its own exporter would go to the network.
  agents.setTracingDisabled(false)
  agents.setTraceProcessors([])
  const client = new OpenAI({ apiKey: 'k', baseURL: `${rig.model.url}/v1`, maxRetries: 0 })
  // @ts-expect-error -- the framework's own copy of openai is a major ahead of ours
  agents.setDefaultOpenAIClient(client)
})
afterEach(() => rig.clear())
afterAll(async () => await rig.close())

test('the framework is reported as recorded, once', () => {
  expect(instrumentOpenAIAgents(agents)).toMatchObject({ state: 'patched' })
  expect(instrumentOpenAIAgents({})).toMatchObject({ state: 'failed' })
})

const weather = agents.tool({
  name: 'weather',
  description: 'weather',
  parameters: z.object({ city: z.string() }),
  execute: async ({ city }) =>
    await manualSpan({ spanName: 'lookup' }, async () => {
      await Promise.resolve()
      return `sunny in ${city}`
    }),
})

for (const api of ['responses', 'chat_completions'] as const) {
  test(`an agent with a tool over ${api} is a tree, every model call once`, async () => {
    agents.setOpenAIAPI(api)
    rig.answer(({ lastToolResults }) =>
      lastToolResults.length > 0
        ? { text: 'It is sunny.', usage }
        : { toolCalls: [{ name: 'weather', arguments: { city: 'Paris' }, id: 'call_1' }], usage },
    )
    const agent = new agents.Agent({
      name: 'Forecaster',
      model: 'gpt-5-mini',
      instructions: 'Be brief.',
      tools: [weather],
    })
    const result = await agentSpan(
      { agentId: 'app', sessionId: 's_1' },
      async () => await agents.run(agent, 'Weather in Paris?'),
    )
    expect(result.finalOutput).toBe('It is sunny.')
    const tree = await rig.tree()
    expect(tree.filter((line) => line.includes('[LLM]'))).toHaveLength(2)
    expect(tree.some((line) => line.trim() === 'Forecaster [AGENT]')).toBe(true)
    expect(rig.sink.span('lookup').parentSpanId).toBe(rig.sink.span('weather').spanId)
    const spans = await rig.spans()
    expect(new Set(spans.map((span) => span.traceId)).size).toBe(1)
    expect(spans.every((span) => span.attributes['session.id'] === 's_1')).toBe(true)
    const calls = spans.filter((span) => span.attributes['openinference.span.kind'] === 'LLM')
    expect(calls[1]?.attributes).toMatchObject({
      'agent.name': 'Forecaster',
      'llm.token_count.prompt': 120,
      'llm.token_count.prompt_details.cache_read': 64,
      'llm.token_count.total': 160,
      'llm.output_messages.0.message.content': 'It is sunny.',
    })
  })
}

test('a hand-off and a guardrail stand in the tree, and a sub-agent has its own name', async () => {
  agents.setOpenAIAPI('responses')
  rig.answer(({ system }) =>
    system.includes('triage')
      ? { toolCalls: [{ name: 'transfer_to_Billing', arguments: {} }] }
      : { text: 'Refunded.' },
  )
  const billing = new agents.Agent({ name: 'Billing', model: 'm', instructions: 'You do refunds.' })
  const triage = agents.Agent.create({
    name: 'Triage',
    model: 'm',
    instructions: 'You triage (triage).',
    handoffs: [billing],
    inputGuardrails: [
      {
        name: 'polite',
        execute: async () => await Promise.resolve({ tripwireTriggered: false, outputInfo: {} }),
      },
    ],
  })
  const result = await agents.run(triage, 'Refund me.')
  expect(result.finalOutput).toBe('Refunded.')
  const lines = (await rig.tree()).map((line) => line.trim())
  expect(lines).toEqual(
    expect.arrayContaining([
      'Triage [AGENT]',
      'Billing [AGENT]',
      'handoff_to_Billing [TOOL]',
      'polite [GUARDRAIL]',
    ]),
  )
  const answer = (await rig.spans()).findLast((span) => span.attributes['openinference.span.kind'] === 'LLM')
  expect(answer?.attributes['agent.name']).toBe('Billing')
})

test('a failing tool and a failing model are told', async () => {
  rig.answer(({ lastToolResults }) =>
    lastToolResults.length > 0 ? { text: 'Sorry.' } : { toolCalls: [{ name: 'broken', arguments: {} }] },
  )
  const broken = agents.tool({
    name: 'broken',
    description: 'breaks',
    parameters: z.object({}),
    execute: (): string => {
      throw new Error('no satellite')
    },
  })
  await agents.run(new agents.Agent({ name: 'A', model: 'm', tools: [broken] }), 'x')
  await rig.tree()
  expect(rig.sink.span('broken').status.code).toBe(2)
  rig.clear()
  rig.answer(() => ({ fault: { kind: 'status', status: 400 } }))
  await expect(agents.run(new agents.Agent({ name: 'A', model: 'm' }), 'x')).rejects.toThrow('400')
  expect((await rig.tree()).filter((line) => line.includes('[LLM] failed'))).toHaveLength(1)
})

test('a streamed run is recorded to its end', async () => {
  rig.answer(() => ({ text: 'one two three', usage }))
  const streamed = await agents.run(new agents.Agent({ name: 'Streamer', model: 'm' }), 'count', {
    stream: true,
  })
  for await (const event of streamed) void event
  await streamed.completed
  const call = (await rig.spans()).find((span) => span.attributes['openinference.span.kind'] === 'LLM')
  expect(call?.attributes).toMatchObject({
    'llm.output_messages.0.message.content': 'one two three',
    'llm.token_count.total': 160,
  })
})
