import { deepEqual, equal, ok } from 'node:assert/strict'

import * as googleGenAI from '@google/genai'

import { startRig } from '../../src/testing/start-rig.ts'

const rig = await startRig({ modules: { googleGenAI } })
equal(rig.clew.installResults.find(({ name }) => name === 'googleGenAI').state, 'patched')
const client = new googleGenAI.GoogleGenAI({ apiKey: 'k', httpOptions: { baseUrl: rig.model.url } })
const request = { model: 'm', contents: 'When?', config: { systemInstruction: 'Be brief.' } }
rig.answer(() => ({
  text: 'Tomorrow.',
  toolCalls: [{ name: 'lookup', arguments: { id: 42 } }],
  usage: { input: 120, output: 40, cacheRead: 64 },
}))

const whole = await client.models.generateContent(request)
equal(whole.functionCalls[0].name, 'lookup')
let text = ''
for await (const chunk of await client.models.generateContentStream(request)) text += chunk.text ?? ''
equal(text, 'Tomorrow.')
await client.chats.create({ model: 'm' }).sendMessage({ message: 'one' })
rig.answer(() => ({ fault: { kind: 'status', status: 400, message: 'bad' } }))
const error = await client.models.generateContent(request).catch((caught) => caught)
ok(error instanceof googleGenAI.ApiError)

deepEqual(await rig.tree(), [...Array.from({ length: 3 }, () => 'chat m [LLM]'), 'chat m [LLM] failed'])
for (const { attributes } of (await rig.spans()).slice(0, 2)) {
  equal(attributes['llm.token_count.prompt'], 120)
  equal(attributes['llm.token_count.prompt_details.cache_read'], 64)
  equal(attributes['llm.output_messages.0.message.tool_calls.0.tool_call.function.arguments'], '{"id":42}')
}
await rig.close()
