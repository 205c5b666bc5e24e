import { deepEqual, equal, ok } from 'node:assert/strict'

import * as langchainCallbacksManager from '@langchain/core/callbacks/manager'
import { StringOutputParser } from '@langchain/core/output_parsers'
import { ChatPromptTemplate } from '@langchain/core/prompts'
import { tool } from '@langchain/core/tools'
import { createReactAgent } from '@langchain/langgraph/prebuilt'
import { ChatOpenAI } from '@langchain/openai'
import { z } from 'zod'

import { agentSpan, manualSpan } from '../../src/spans/span-functions.ts'
import { startRig } from '../../src/testing/start-rig.ts'

const usage = { input: 120, output: 40, cacheRead: 64 }
const rig = await startRig({ modules: { langchainCallbacksManager } })
equal(rig.clew.installResults.find(({ name }) => name === 'langchainCallbacksManager').state, 'patched')
const configuration = { baseURL: `${rig.model.url}/v1` }
const model = new ChatOpenAI({ model: 'm', apiKey: 'k', maxRetries: 0, configuration })

rig.answer(() => ({ text: 'Bonjour.', usage }))
const chain = ChatPromptTemplate.fromMessages([['human', '{text}']])
  .pipe(model)
  .pipe(new StringOutputParser())
await agentSpan({ agentId: 'translator', sessionId: 's_1' }, async () => {
  equal(await chain.invoke({ text: 'Hello.' }), 'Bonjour.')
})
deepEqual(await rig.tree(), [
  'translator [AGENT]',
  '  RunnableSequence [CHAIN]',
  '    ChatPromptTemplate [CHAIN]',
  '    chat m [LLM]',
  '    StrOutputParser [CHAIN]',
])
const { attributes } = rig.sink.span('chat m')
equal(attributes['llm.token_count.prompt'], 120)
equal(attributes['llm.token_count.prompt_details.cache_read'], 64)
equal(attributes['llm.output_messages.0.message.content'], 'Bonjour.')
equal(attributes['session.id'], 's_1')

rig.clear()
let text = ''
for await (const chunk of await model.stream('q')) text += chunk.text
equal(text, 'Bonjour.')
const [streamed] = await rig.spans()
equal(streamed.attributes['llm.token_count.prompt'], 120)
equal(streamed.attributes['llm.output_messages.0.message.content'], 'Bonjour.')

rig.clear()
rig.answer(() => ({ fault: { kind: 'status', status: 400 } }))
const error = await model.invoke('q').catch((caught) => caught)
equal(error.status, 400)
deepEqual(await rig.tree(), ['chat m [LLM] failed'])

rig.clear()
rig.answer(({ lastToolResults }) =>
  lastToolResults.length > 0
    ? { text: 'It is sunny.', usage }
    : { toolCalls: [{ name: 'weather', arguments: { city: 'Paris' }, id: 'call_1' }], usage },
)
const weather = tool(async ({ city }) => manualSpan({ spanName: 'lookup' }, async () => `sunny in ${city}`), {
  name: 'weather',
  description: 'weather',
  schema: z.object({ city: z.string() }),
})
const agent = createReactAgent({ llm: model, tools: [weather], name: 'forecaster' })
const { messages } = await agent.invoke({ messages: [{ role: 'user', content: 'Weather?' }] })
equal(messages.at(-1).content, 'It is sunny.')
const lines = await rig.tree()
equal(lines[0], 'forecaster [CHAIN]')
equal(lines.filter((line) => line.includes('[LLM]')).length, 2)
ok(
  lines.every((line, index) => index === 0 || line.startsWith(' ')),
  lines.join('\n'),
)
equal(rig.sink.span('lookup').parentSpanId, rig.sink.span('weather').spanId)
await rig.close()
