import * as callbackManager from '@langchain/core/callbacks/manager'
import { ChatPromptTemplate } from '@langchain/core/prompts'
import { StringOutputParser } from '@langchain/core/output_parsers'
import { Document } from '@langchain/core/documents'
import { BaseRetriever } from '@langchain/core/retrievers'
import { tool } from '@langchain/core/tools'
import { Annotation, END, MessagesAnnotation, START, StateGraph } from '@langchain/langgraph'
import { ToolNode, createReactAgent } from '@langchain/langgraph/prebuilt'
import { ChatOpenAI } from '@langchain/openai'
import OpenAI from 'openai'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'

import { agentSpan, manualSpan } from '../../spans/span-functions.ts'
import { startRig } from '../../testing/start-rig.ts'
import type { Rig } from '../../testing/start-rig.ts'
import { instrumentLangChain } from './index.ts'

const usage = { input: 120, output: 40, cacheRead: 64, reasoning: 16 }
let rig: Rig
let model: ChatOpenAI

beforeAll(async () => {
  // The client below is patched too; LangChain's calls of it must not count twice.
  rig = await startRig({ modules: { langchainCallbacksManager: callbackManager, openai: OpenAI } })
  model = new ChatOpenAI({
    model: 'gpt-5-mini',
    apiKey: 'k',
    maxRetries: 0,
    streamUsage: false,
    configuration: { baseURL: `${rig.model.url}/v1` },
  })
})
afterEach(() => rig.clear())
afterAll(async () => await rig.close())

const weather = tool(
  async ({ city }: { city: string }) =>
    await manualSpan({ spanName: 'lookup' }, async () => {
      await Promise.resolve()
      return `sunny in ${city}`
    }),
  { name: 'weather', description: 'weather', schema: z.object({ city: z.string() }) },
)

const ask = (name: string) => async (): Promise<{ out: string[] }> => {
  const reply = await model.invoke(name)
  return { out: [reply.text] }
}

const depth = (line: string): number => line.search(/\S/)

function callTool(): void {
  rig.answer(({ lastToolResults }) =>
    lastToolResults.length > 0
      ? { text: 'It is sunny.', usage }
      : { toolCalls: [{ name: 'weather', arguments: { city: 'Paris' }, id: 'call_1' }], usage },
  )
}

test('installing twice records once', () => {
  expect(instrumentLangChain(callbackManager)).toMatchObject({ state: 'patched' })
  expect(instrumentLangChain({})).toMatchObject({ state: 'failed' })
})

test('a chain is a tree, its model call counts once and what follows it is not below it', async () => {
  rig.answer(() => ({ text: 'Bonjour.', usage }))
  const chain = ChatPromptTemplate.fromMessages([
    ['system', 'Translate.'],
    ['human', '{text}'],
  ])
    .pipe(model)
    .pipe(new StringOutputParser())
  await agentSpan({ agentId: 'translator' }, async () => {
    const pending = chain.invoke({ text: 'Hello.' })
    manualSpan({ spanName: 'beside' }, () => undefined)
    expect(await pending).toBe('Bonjour.')
    manualSpan({ spanName: 'after' }, () => undefined)
  })
  const tree = await rig.tree()
  expect(tree.toSorted()).toEqual(
    [
      'translator [AGENT]',
      '  RunnableSequence [CHAIN]',
      '    ChatPromptTemplate [CHAIN]',
      '    chat gpt-5-mini [LLM]',
      '    StrOutputParser [CHAIN]',
      '  beside [CHAIN]',
      '  after [CHAIN]',
    ].toSorted(),
  )
  expect(rig.sink.span('chat gpt-5-mini').attributes).toMatchObject({
    'llm.provider': 'openai',
    'llm.input_messages.0.message.role': 'system',
    'llm.input_messages.1.message.content': 'Hello.',
    'llm.output_messages.0.message.content': 'Bonjour.',
    'llm.token_count.prompt': 120,
    'llm.token_count.prompt_details.cache_read': 64,
    'llm.token_count.completion_details.reasoning': 16,
    'llm.finish_reason': 'stop',
    'agent.name': 'translator',
  })
})

test('a graph has its nodes, tools and what they do, and its conversation', async () => {
  callTool()
  const agent = createReactAgent({ llm: model, tools: [weather], name: 'forecaster' })
  const { messages } = await agent.invoke(
    { messages: [{ role: 'user', content: 'Weather in Paris?' }] },
    { configurable: { thread_id: 't_1' } },
  )
  expect(messages.at(-1)?.content).toBe('It is sunny.')
  const tree = await rig.tree()
  expect(tree[0]).toBe('forecaster [CHAIN]')
  expect(tree.filter((line) => line.includes('[LLM]'))).toHaveLength(2)
  const lookup = rig.sink.span('lookup')
  const toolSpan = rig.sink.span('weather')
  expect(lookup.parentSpanId).toBe(toolSpan.spanId)
  expect(toolSpan.attributes).toMatchObject({
    'openinference.span.kind': 'TOOL',
    'tool_call.id': 'call_1',
    'output.value': 'sunny in Paris',
  })
  const calls = (await rig.spans()).filter((span) => span.name === 'chat gpt-5-mini')
  expect(calls.every((span) => span.attributes['session.id'] === 't_1')).toBe(true)
  expect(calls[0]?.attributes['graph.node.id']).toBe('agent')
  expect(new Set((await rig.spans()).map((span) => span.traceId)).size).toBe(1)
})

test('a graph that another one calls stands below the tool or node that called it, streamed or not', async () => {
  rig.answer(({ toolNames, lastToolResults }) =>
    toolNames.includes('research') && lastToolResults.length === 0
      ? { toolCalls: [{ name: 'research', arguments: {} }], usage }
      : { text: 'Five days.', usage },
  )
  const researcher = createReactAgent({ llm: model, tools: [], name: 'researcher' })
  const research = tool(
    async () => {
      const { messages } = await researcher.invoke({ messages: [{ role: 'user', content: 'How long?' }] })
      return messages.at(-1)?.text ?? ''
    },
    { name: 'research', description: 'research', schema: z.object({}) },
  )
  const support = createReactAgent({ llm: model, tools: [research], name: 'support' })
  const graph = new StateGraph(MessagesAnnotation)
    .addNode('desk', support)
    .addEdge(START, 'desk')
    .addEdge('desk', END)
    .compile({ name: 'office' })
  const given = { messages: [{ role: 'user' as const, content: 'Find out.' }] }
  await graph.invoke(given)
  const whole = await rig.tree()
  expect(whole.slice(0, 2)).toEqual(['office [CHAIN]', '  desk [CHAIN]'])
  expect(whole.filter((line) => line.includes('[LLM]'))).toHaveLength(3)
  const inner = rig.sink.span('researcher')
  expect(inner.parentSpanId).toBe(rig.sink.span('research').spanId)
  const from = whole.findIndex((line) => line.trim() === 'researcher [CHAIN]')
  const call = whole.findIndex((line, at) => at > from && line.includes('[LLM]'))
  expect(depth(whole[call] ?? '')).toBeGreaterThan(depth(whole[from] ?? ''))
  rig.clear()
  for await (const update of await graph.stream(given, { streamMode: 'updates', subgraphs: true }))
    void update
  expect((await rig.tree()).map((line) => line.trim()).toSorted()).toEqual(
    whole.map((line) => line.trim()).toSorted(),
  )
})

test('parallel nodes and a node that throws keep their places', async () => {
  rig.answer(({ lastUserText }) => ({ text: lastUserText }))
  const state = Annotation.Root({
    out: Annotation<string[]>({ reducer: (a, b) => [...a, ...b], default: () => [] }),
  })
  const graph = new StateGraph(state)
    .addNode('left', ask('L'))
    .addNode('right', ask('R'))
    .addNode('bad', () => {
      throw new Error('node broke')
    })
    .addEdge(START, 'left')
    .addEdge(START, 'right')
    .addEdge('left', 'bad')
    .addEdge('bad', END)
    .compile()
  await expect(graph.invoke({ out: [] })).rejects.toThrow('node broke')
  await rig.tree()
  for (const [node, text] of [
    ['left', 'L'],
    ['right', 'R'],
  ] as const) {
    const call = rig.sink
      .spans()
      .find((span) => span.attributes['llm.input_messages.0.message.content'] === text)
    expect(call?.parentSpanId).toBe(rig.sink.span(node).spanId)
  }
  expect(rig.sink.span('bad').status.code).toBe(2)
})

test('streams, errors and retrievers are recorded', async () => {
  rig.answer(() => ({ text: 'one two three', usage }))
  let text = ''
  for await (const chunk of await model.stream('count')) text += chunk.text
  expect(text).toBe('one two three')
  rig.answer(() => ({ fault: { kind: 'status', status: 429 } }))
  await expect(model.invoke('x')).rejects.toThrow('429')
  class Shelf extends BaseRetriever {
    lc_namespace = ['test']
    override async _getRelevantDocuments(): Promise<Document[]> {
      return await Promise.resolve([new Document({ pageContent: 'refunds take five days', id: 'd1' })])
    }
  }
  await new Shelf().invoke('refunds')
  expect(await rig.tree()).toEqual([
    'chat gpt-5-mini [LLM]',
    'chat gpt-5-mini [LLM] failed',
    'Shelf [RETRIEVER]',
  ])
  const [streamed] = await rig.spans()
  expect(streamed?.attributes['llm.output_messages.0.message.content']).toBe('one two three')
  expect(streamed?.attributes['clew.time_to_first_token_ms']).toBeGreaterThan(0)
  expect(rig.sink.span('Shelf').attributes['retrieval.documents.0.document.content']).toBe(
    'refunds take five days',
  )
})

test('a tool node that is given calls directly records them', async () => {
  callTool()
  const graph = new StateGraph(MessagesAnnotation)
    .addNode('model', async ({ messages }) => ({
      messages: [await model.bindTools([weather]).invoke(messages)],
    }))
    .addNode('tools', new ToolNode([weather]))
    .addEdge(START, 'model')
    .addEdge('model', 'tools')
    .addEdge('tools', END)
    .compile()
  await graph.invoke({ messages: [{ role: 'user', content: 'Weather?' }] })
  await rig.tree()
  expect(rig.sink.span('lookup').parentSpanId).toBe(rig.sink.span('weather').spanId)
})
