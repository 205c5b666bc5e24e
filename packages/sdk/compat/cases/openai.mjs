import { deepEqual, equal } from 'node:assert/strict'

import OpenAI from 'openai'

import { startRig } from '../../src/testing/start-rig.ts'

const rig = await startRig({ modules: { openai: OpenAI } })
const client = new OpenAI({ apiKey: 'k', baseURL: `${rig.model.url}/v1`, maxRetries: 0 })
const messages = [{ role: 'user', content: 'q' }]
rig.answer(() => ({ text: 'one two', usage: { input: 12, output: 3, cacheRead: 4 } }))

const whole = await client.chat.completions.create({ model: 'm', messages })
equal(whole.choices[0].message.content, 'one two')
let text = ''
for await (const chunk of await client.chat.completions.create({ model: 'm', messages, stream: true }))
  text += chunk.choices[0]?.delta.content ?? ''
equal(text, 'one two')
equal((await client.responses.create({ model: 'm', input: 'q' })).output_text, 'one two')
const raw = await client.chat.completions.create({ model: 'm', messages }).asResponse()
equal((await raw.json()).choices.length, 1)
rig.answer(() => ({ toolCalls: [{ name: 'lookup', arguments: { id: 42 } }] }))
const called = await client.chat.completions.create({ model: 'm', messages })
equal(called.choices[0].message.tool_calls[0].function.name, 'lookup')
rig.answer(() => ({ fault: { kind: 'status', status: 429 } }))
const error = await client.chat.completions.create({ model: 'm', messages }).catch((caught) => caught)
equal(error.constructor.name, 'RateLimitError')
rig.answer(() => ({ embeddings: [[0.5]], usage: { input: 3 } }))
await client.embeddings.create({ model: 'e', input: 'x' })

const lines = await rig.tree()
deepEqual(lines, [
  ...Array.from({ length: 5 }, () => 'chat m [LLM]'),
  'chat m [LLM] failed',
  'embeddings e [EMBEDDING]',
])
const [first] = await rig.spans()
equal(first.attributes['llm.token_count.prompt'], 12)
equal(first.attributes['llm.token_count.prompt_details.cache_read'], 4)
const tools = (await rig.spans()).filter(
  ({ attributes }) =>
    attributes['llm.output_messages.0.message.tool_calls.0.tool_call.function.arguments'] === '{"id":42}',
)
equal(tools.length, 1)
await rig.close()
