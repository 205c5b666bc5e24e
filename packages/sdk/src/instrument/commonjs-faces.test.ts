import { createRequire } from 'node:module'

import type * as AnthropicFace from '@anthropic-ai/sdk'
import type * as GenAIFace from '@google/genai'
import type * as LangGraphFace from '@langchain/langgraph/prebuilt'
import type * as LangChainFace from '@langchain/openai'
import type * as McpClientFace from '@modelcontextprotocol/sdk/client/index.js'
import type * as McpTransportFace from '@modelcontextprotocol/sdk/inMemory.js'
import type * as McpServerFace from '@modelcontextprotocol/sdk/server/mcp.js'
import type * as AgentsFace from '@openai/agents'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'

import { startRig } from '../testing/start-rig.ts'
import type { Rig } from '../testing/start-rig.ts'

const load = createRequire(import.meta.url)

/** What CommonJS programs get of a package. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- a name says nothing of the face behind it
function requireFace<Face>(name: string): Face {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- both faces of a package have one type
  return load(name) as Face
}

const { Anthropic } = requireFace<typeof AnthropicFace>('@anthropic-ai/sdk')
const { GoogleGenAI } = requireFace<typeof GenAIFace>('@google/genai')
const { ChatOpenAI } = requireFace<typeof LangChainFace>('@langchain/openai')
const { createReactAgent } = requireFace<typeof LangGraphFace>('@langchain/langgraph/prebuilt')
const { Client } = requireFace<typeof McpClientFace>('@modelcontextprotocol/sdk/client/index.js')
const { InMemoryTransport } = requireFace<typeof McpTransportFace>('@modelcontextprotocol/sdk/inMemory.js')
const { McpServer } = requireFace<typeof McpServerFace>('@modelcontextprotocol/sdk/server/mcp.js')
const agents = requireFace<typeof AgentsFace>('@openai/agents')

let rig: Rig

beforeAll(async () => {
  // Nothing is handed over: what `require` has loaded is found.
  rig = await startRig({})
})
afterEach(() => rig.clear())
afterAll(async () => await rig.close())

test('Anthropic', async () => {
  const client = new Anthropic({ apiKey: 'k', baseURL: rig.model.url, maxRetries: 0 })
  await client.messages.create({
    model: 'claude-sonnet-5',
    max_tokens: 100,
    messages: [{ role: 'user', content: 'q' }],
  })
  expect(await rig.tree()).toEqual(['chat claude-sonnet-5 [LLM]'])
})

test('Google GenAI', async () => {
  const client = new GoogleGenAI({ apiKey: 'k', httpOptions: { baseUrl: rig.model.url } })
  await client.models.generateContent({ model: 'gemini-3-flash', contents: 'q' })
  expect(await rig.tree()).toEqual(['chat gemini-3-flash [LLM]'])
})

test('LangChain', async () => {
  const configuration = { baseURL: `${rig.model.url}/v1` }
  const model = new ChatOpenAI({ model: 'gpt-5-mini', apiKey: 'k', maxRetries: 0, configuration })
  await model.invoke('q')
  expect(await rig.tree()).toEqual(['chat gpt-5-mini [LLM]'])
})

test('LangGraph', async () => {
  const configuration = { baseURL: `${rig.model.url}/v1` }
  const llm = new ChatOpenAI({ model: 'gpt-5-mini', apiKey: 'k', maxRetries: 0, configuration })
  await createReactAgent({ llm, tools: [], name: 'support' }).invoke({ messages: 'q' })
  expect(await rig.tree()).toEqual([
    'support [CHAIN]',
    '  agent [CHAIN]',
    '    RunnableSequence [CHAIN]',
    '      prompt [CHAIN]',
    '      chat gpt-5-mini [LLM]',
    '    RunnableLambda [CHAIN]',
  ])
})

test('MCP, client and server', async () => {
  const server = new McpServer({ name: 'shop', version: '1.0.0' })
  server.registerTool('lookup', { description: 'd' }, () => ({ content: [{ type: 'text', text: 'sent' }] }))
  const [near, far] = InMemoryTransport.createLinkedPair()
  const client = new Client({ name: 'test', version: '1.0.0' })
  await Promise.all([server.connect(far), client.connect(near)])
  await client.callTool({ name: 'lookup', arguments: {} })
  await client.close()
  expect(await rig.tree()).toEqual(['lookup [TOOL]', '  lookup [TOOL]'])
})

test('OpenAI Agents beside its own exporter, the model call once and in its place', async () => {
  // The framework switches its tracing off under NODE_ENV=test.
  agents.setTracingDisabled(false)
  const provider = new agents.OpenAIProvider({ apiKey: 'k', baseURL: `${rig.model.url}/v1` })
  const runner = new agents.Runner({ modelProvider: provider })
  await runner.run(new agents.Agent({ name: 'Forecaster', model: 'gpt-5-mini' }), 'q')
  expect(await rig.tree()).toEqual([
    'Agent workflow [CHAIN]',
    '  Agent workflow [CHAIN]',
    '    Forecaster [AGENT]',
    '      turn [CHAIN]',
    '        chat gpt-5-mini [LLM]',
  ])
})
