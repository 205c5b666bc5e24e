import { deepEqual, equal } from 'node:assert/strict'

import Anthropic from '@anthropic-ai/sdk'

import { startRig } from '../../src/testing/start-rig.ts'

const rig = await startRig({ modules: { anthropic: Anthropic } })
const client = new Anthropic({ apiKey: 'k', baseURL: rig.model.url, maxRetries: 0 })
const ask = { model: 'm', max_tokens: 9, messages: [{ role: 'user', content: 'q' }] }
rig.answer(() => ({
  text: 'I will look.',
  toolCalls: [{ name: 'lookup', arguments: { id: 42 } }],
  usage: { input: 1000, cacheRead: 700, cacheWrite: 200, output: 30 },
}))

await client.messages.create(ask)
for await (const event of await client.messages.create({ ...ask, stream: true })) void event
await client.messages.stream(ask).finalMessage()
rig.answer(() => ({ fault: { kind: 'status', status: 429 } }))
const error = await client.messages.create(ask).catch((caught) => caught)
equal(error.constructor.name, 'RateLimitError')

deepEqual(await rig.tree(), ['chat m [LLM]', 'chat m [LLM]', 'chat m [LLM]', 'chat m [LLM] failed'])
for (const span of (await rig.spans()).slice(0, 3)) {
  equal(span.attributes['llm.token_count.prompt'], 1000)
  equal(span.attributes['llm.token_count.prompt_details.cache_read'], 700)
  equal(
    span.attributes['llm.output_messages.0.message.tool_calls.0.tool_call.function.arguments'],
    '{"id":42}',
  )
}
await rig.close()
