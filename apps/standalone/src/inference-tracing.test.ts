import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { startFakeModel, type FakeModel } from '@clew/fake-model'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { readChildEnvironment } from './testing/config.ts'
import { firstKey, openTestStandalone, type TestStandalone } from './testing/open-test-standalone.ts'

// The program of somebody who uses that package; nothing in it knows of Clew.
const program = `
import OpenAI from 'openai'
import { setup, agentSpan, manualSpan, SpanKindValues } from '@inference/tracing'
const tracing = await setup({ modules: { openai: OpenAI } })
const openai = new OpenAI({ apiKey: 'sk-test', baseURL: process.argv[1] + '/v1' })
const tools = [{ type: 'function', function: { name: 'find_order', parameters: { type: 'object', properties: {} } } }]
const agent = { agentId: 'orders', agentName: 'Order Agent', role: 'support', sessionId: 's-1', userId: 'u-7' }
await agentSpan(agent, async (span) => {
  span.setInput('Where is order 42?')
  const messages = [{ role: 'user', content: 'Where is order 42?' }]
  const asked = await openai.chat.completions.create({ model: 'gpt-4o-mini', messages, tools })
  const [call] = asked.choices[0].message.tool_calls
  const tool = { spanName: 'find_order', spanKind: SpanKindValues.TOOL, toolName: 'find_order', input: { id: 42 } }
  const found = await manualSpan(tool, async (handle) => { handle.setOutput('refunded'); return 'refunded' })
  messages.push(asked.choices[0].message, { role: 'tool', tool_call_id: call.id, content: found })
  const answer = await openai.chat.completions.create({ model: 'gpt-4o-mini', messages, tools })
  span.setOutput(answer.choices[0].message.content)
})
await tracing.shutdown()
`

let clew: TestStandalone
let model: FakeModel
beforeAll(async () => {
  clew = await openTestStandalone()
  model = await startFakeModel()
})
afterAll(async () => {
  await model.close()
  await clew.stop()
})

test('a program on @inference/tracing arrives by that package’s own environment variables', async () => {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program, model.url], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    env: {
      ...readChildEnvironment(),
      CATALYST_OTLP_ENDPOINT: clew.url,
      CATALYST_OTLP_TOKEN: firstKey,
      CATALYST_SERVICE_NAME: 'orders',
      CATALYST_ENVIRONMENT: 'staging',
    },
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const [code] = await once(child, 'close')
  expect(code).toBe(0)

  const { client, projectId } = clew
  const run = await vi.waitFor(
    async () => {
      const { items } = await client.runs.list.query({ projectId, limit: 10 })
      const [item] = items
      if (item === undefined) throw new Error('no run is listed yet')
      return item
    },
    { timeout: 20_000, interval: 100 },
  )
  expect(run).toMatchObject({
    serviceName: 'orders',
    environment: 'staging',
    agents: ['Order Agent'],
    sessionIds: ['s-1'],
    userIds: ['u-7'],
    inputPreview: 'Where is order 42?',
    outputPreview: 'Order 42 is refunded.',
    llmCount: 2,
    toolCount: 1,
    hasError: false,
  })
  expect(run.usage?.total).toBeGreaterThan(0)
})
