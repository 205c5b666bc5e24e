import * as genai from '@google/genai'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'

import { startRig } from '../../testing/start-rig.ts'
import type { Rig } from '../../testing/start-rig.ts'
import { instrumentGoogleGenAI } from './index.ts'

const usage = { input: 120, output: 40, cacheRead: 64, reasoning: 16 }
let rig: Rig
let client: genai.GoogleGenAI

beforeAll(async () => {
  rig = await startRig({ modules: { googleGenAI: genai } })
  client = new genai.GoogleGenAI({ apiKey: 'k', httpOptions: { baseUrl: rig.model.url } })
})
afterEach(() => rig.clear())
afterAll(async () => await rig.close())

const expected = {
  'openinference.span.kind': 'LLM',
  'llm.provider': 'google',
  'llm.input_messages.0.message.role': 'system',
  'llm.input_messages.1.message.content': 'When?',
  'llm.output_messages.0.message.contents.0.message_content.text': 'two days',
  'llm.output_messages.0.message.contents.1.message_content.text': 'Tomorrow at noon.',
  'llm.output_messages.0.message.tool_calls.0.tool_call.function.arguments': '{"id":42}',
  'llm.finish_reason': 'STOP',
  'llm.token_count.prompt': 120,
  'llm.token_count.completion': 40,
  'llm.token_count.prompt_details.cache_read': 64,
  'llm.token_count.completion_details.reasoning': 16,
}
const request = {
  model: 'gemini-3-flash',
  contents: 'When?',
  config: { systemInstruction: 'Be brief.', temperature: 0.2 },
}

test('an answer is recorded, streamed or not', async () => {
  rig.answer(() => ({
    reasoning: 'two days',
    text: 'Tomorrow at noon.',
    toolCalls: [{ name: 'lookup', arguments: { id: 42 } }],
    usage,
  }))
  const whole = await client.models.generateContent(request)
  expect(whole.functionCalls?.[0]?.name).toBe('lookup')
  let text = ''
  for await (const chunk of await client.models.generateContentStream(request)) text += chunk.text ?? ''
  expect(text).toBe('Tomorrow at noon.')
  const [first, second] = await rig.spans()
  expect(first?.attributes).toMatchObject({ ...expected, 'llm.invocation_parameters': '{"temperature":0.2}' })
  expect(second?.attributes['llm.output_messages.0.message.tool_calls.0.tool_call.function.arguments']).toBe(
    '{"id":42}',
  )
  expect(second?.attributes).toMatchObject({ 'llm.token_count.total': 160, 'llm.finish_reason': 'STOP' })
})

test('a chat keeps its history, an error stays the library’s', async () => {
  rig.answer(({ index }) => ({ text: `answer ${index}` }))
  const chat = client.chats.create({ model: 'gemini-3-flash' })
  await chat.sendMessage({ message: 'one' })
  await chat.sendMessage({ message: 'two' })
  const [, second] = await rig.spans()
  expect(second?.attributes).toMatchObject({
    'llm.input_messages.1.message.role': 'assistant',
    'llm.input_messages.2.message.content': 'two',
  })
  rig.clear()
  rig.answer(() => ({ fault: { kind: 'status', status: 400, message: 'bad' } }))
  await expect(client.models.generateContent(request)).rejects.toBeInstanceOf(genai.ApiError)
  expect(await rig.tree()).toEqual(['chat gemini-3-flash [LLM] failed'])
})

test('what is no module of it is named', () => {
  expect(instrumentGoogleGenAI({})).toMatchObject({ state: 'failed' })
})
