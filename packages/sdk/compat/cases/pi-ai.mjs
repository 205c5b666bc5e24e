import { deepEqual, equal } from 'node:assert/strict'

import * as piAi from '@mariozechner/pi-ai'
import OpenAI from 'openai'

import { startRig } from '../../src/testing/start-rig.ts'

const rig = await startRig({ modules: { piAi, openai: OpenAI } })
equal(rig.clew.installResults.find(({ name }) => name === 'piAi').state, 'patched')
const model = {
  ...piAi.getModel('openai', 'gpt-4o-mini'),
  api: 'openai-completions',
  baseUrl: `${rig.model.url}/v1`,
}
const context = { systemPrompt: 'Be brief.', messages: [{ role: 'user', content: 'q', timestamp: 0 }] }
rig.answer(() => ({ text: 'one two', usage: { input: 120, output: 30, cacheRead: 64 } }))

const whole = await piAi.complete(model, context, { apiKey: 'k' })
equal(whole.content.find((part) => part.type === 'text').text, 'one two')
const events = []
for await (const event of piAi.streamSimple(model, context, { apiKey: 'k' })) events.push(event.type)
equal(events.at(-1), 'done')
rig.answer(() => ({ fault: { kind: 'status', status: 400 } }))
equal((await piAi.complete(model, context, { apiKey: 'k' })).stopReason, 'error')

deepEqual(await rig.tree(), [
  'chat gpt-4o-mini [LLM]',
  'chat gpt-4o-mini [LLM]',
  'chat gpt-4o-mini [LLM] failed',
])
const [first] = await rig.spans()
equal(first.attributes['llm.token_count.prompt'], 120)
equal(first.attributes['llm.token_count.prompt_details.cache_read'], 64)
equal(first.attributes['llm.input_messages.0.message.role'], 'system')
equal(first.attributes['llm.output_messages.0.message.content'], 'one two')
await rig.close()
