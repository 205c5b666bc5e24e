import { readFile } from 'node:fs/promises'

import { expect, test } from 'vitest'

import { Attr } from './attr.ts'
import * as root from './index.ts'
import * as semconv from './semconv.ts'
import { sdkName, sdkVersion } from './version.ts'

test('spans carry the name and version of the package', async () => {
  const text = await readFile(new URL('../package.json', import.meta.url), 'utf8')
  expect(JSON.parse(text)).toMatchObject({ name: sdkName, version: sdkVersion })
})

test('names of attributes are found by their constants', () => {
  expect(Attr.SESSION_ID).toBe('session.id')
  expect(semconv.OpenInferenceAttribute.INPUT_VALUE).toBe('input.value')
  expect(semconv.MessageRole.Tool).toBe('tool')
})

test('the package offers what it promises', () => {
  const functions = [
    'setup',
    'agentSpan',
    'manualSpan',
    'startAgentSpan',
    'startManualSpan',
    'traced',
    'task',
    'wrapClaudeAgentSdkQuery',
    'createStartMarkerProcessor',
  ]
  const errors = ['ClewTracingError', 'InvalidSdkInputError', 'InvalidTracerInputError']
  expect(Object.keys(root)).toEqual(
    expect.arrayContaining([...functions, ...errors, 'Attr', 'SpanKindValues']),
  )
})

test.each([
  ['openai', 'instrumentOpenAI', 'installOpenAIInstrumentation'],
  ['anthropic', 'instrumentAnthropic', 'installAnthropicInstrumentation'],
  ['langchain', 'instrumentLangChain', 'installLangChainInstrumentation'],
  ['langgraph', 'instrumentLangGraph', 'installLangChainInstrumentation'],
  ['langsmith', 'installLangSmith'],
  ['openai-agents', 'instrumentOpenAIAgents', 'installOpenAIAgentsInstrumentation'],
  ['claude-agent-sdk', 'wrapClaudeAgentSdkQuery'],
  ['ai-sdk', 'instrumentAISdk', 'installAISdkInstrumentation', 'createAISdkTelemetrySettings'],
  ['elevenlabs', 'instrumentElevenLabs', 'installElevenLabsInstrumentation'],
  ['livekit-agents', 'instrumentLiveKitAgents', 'installLiveKitAgentsInstrumentation'],
  ['cursor-sdk', 'instrumentCursorSdk', 'installCursorSdkInstrumentation'],
  ['pi-ai', 'instrumentPiAi', 'installPiAiInstrumentation'],
  ['mcp', 'instrumentMcp', 'installMcpInstrumentation'],
  ['google-genai', 'instrumentGoogleGenAI', 'installGoogleGenAIInstrumentation'],
  ['bedrock', 'instrumentBedrock', 'installBedrockInstrumentation'],
])('the subpath %s offers %s', async (subpath, ...names) => {
  const manifest: unknown = JSON.parse(await readFile(new URL('../package.json', import.meta.url), 'utf8'))
  expect(manifest).toHaveProperty(['exports', `./${subpath}`])
  const module: unknown = await import(`./instrument/${subpath}/index.ts`)
  for (const name of names) expect(module).toHaveProperty(name)
})

test('what is no module of a library is refused without a throw', async () => {
  const { installAISdkInstrumentation } = await import('./instrument/ai-sdk/index.ts')
  const { installPiAiInstrumentation } = await import('./instrument/pi-ai/index.ts')
  for (const wrong of [undefined, null, 42, 'x', {}, () => undefined]) {
    expect(installAISdkInstrumentation(wrong)).toMatchObject({ state: 'failed' })
    expect(installPiAiInstrumentation(wrong)).toMatchObject({ state: 'failed' })
  }
})

test('a call without a function is refused by name, before anything is recorded', () => {
  // @ts-expect-error -- a mistake that plain JavaScript can make
  expect(() => root.manualSpan({ spanName: 'x' })).toThrow(root.InvalidSdkInputError)
})
