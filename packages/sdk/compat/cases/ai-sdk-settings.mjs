import { deepEqual, equal, ok } from 'node:assert/strict'

import { createOpenAI } from '@ai-sdk/openai'
import { generateText, stepCountIs, streamText, tool } from 'ai'
import { z } from 'zod'

import { createAISdkTelemetrySettings } from '../../src/instrument/ai-sdk/index.ts'
import { agentSpan, manualSpan } from '../../src/spans/span-functions.ts'
import { startRig } from '../../src/testing/start-rig.ts'

/** Versions 5 and 6 write OpenTelemetry spans of their own when a call asks for it. */
const rig = await startRig()
const model = createOpenAI({ apiKey: 'k', baseURL: `${rig.model.url}/v1` }).chat('gpt-5-mini')
rig.answer(({ lastToolResults }) =>
  lastToolResults.length > 0
    ? { text: 'It is sunny.', usage: { input: 120, output: 40 } }
    : { toolCalls: [{ name: 'weather', arguments: { city: 'Paris' } }], usage: { input: 120, output: 40 } },
)
const weather = tool({
  description: 'weather',
  inputSchema: z.object({ city: z.string() }),
  execute: async ({ city }) => manualSpan({ spanName: 'lookup' }, async () => `sunny in ${city}`),
})
const call = { model, prompt: 'Weather?', tools: { weather }, stopWhen: stepCountIs(3) }

await agentSpan({ agentId: 'app', sessionId: 's_1' }, async () => {
  const result = await generateText({
    ...call,
    experimental_telemetry: createAISdkTelemetrySettings({ functionId: 'f' }),
  })
  equal(result.text, 'It is sunny.')
})
const stream = streamText({ ...call, experimental_telemetry: createAISdkTelemetrySettings() })
let text = ''
for await (const piece of stream.textStream) text += piece
equal(text, 'It is sunny.')

const research = tool({
  description: 'research',
  inputSchema: z.object({}),
  execute: async () => {
    const settings = createAISdkTelemetrySettings({ functionId: 'researcher' })
    return (await generateText({ model, prompt: 'q', experimental_telemetry: settings })).text
  },
})
const spans = await rig.spans()
const named = (name) => spans.filter((span) => span.name.startsWith(name))
equal(named('ai.generateText.doGenerate').length, 2)
equal(named('ai.streamText.doStream').length, 2)
equal(named('ai.toolCall').length, 2)
for (const lookup of named('lookup'))
  ok(named('ai.toolCall').some((one) => one.spanId === lookup.parentSpanId))
for (const span of named('ai.generateText')) equal(span.attributes['session.id'], 's_1')
equal(
  named('ai.generateText.doGenerate')[0].attributes['ai.usage.inputTokens'] ??
    named('ai.generateText.doGenerate')[0].attributes['ai.usage.promptTokens'],
  120,
)

rig.clear()
rig.answer(({ toolNames, lastToolResults }) =>
  toolNames.includes('research') && lastToolResults.length === 0
    ? { toolCalls: [{ name: 'research', arguments: {} }] }
    : { text: 'Five days.' },
)
const settings = createAISdkTelemetrySettings({ functionId: 'support' })
await generateText({ ...call, tools: { research }, experimental_telemetry: settings })
const nested = await rig.spans()
const toolCall = nested.find((span) => span.name === 'ai.toolCall')
const below = nested.filter((span) => span.parentSpanId === toolCall.spanId)
equal(new Set(nested.map((span) => span.traceId)).size, 1)
deepEqual(
  below.map((span) => [span.name, span.attributes['ai.telemetry.functionId']]),
  [['ai.generateText', 'researcher']],
)

rig.clear()
rig.answer(() => ({ fault: { kind: 'status', status: 400, message: 'no such model' } }))
const error = await generateText({ model, prompt: 'q', experimental_telemetry: settings }).catch((one) => one)
equal(error.statusCode, 400)
ok((await rig.spans()).every((span) => span.status.code === 2))
await rig.close()
