import { deepEqual, equal, ok } from 'node:assert/strict'

import * as livekitAgents from '@livekit/agents'
import * as openai from '@livekit/agents-plugin-openai'
import { z } from 'zod'

import { agentSpan } from '../../src/spans/span-functions.ts'
import { startRig } from '../../src/testing/start-rig.ts'

/** A conversation by text: LiveKit's session, agent, tool and model plugin as they are, without a room and voices. */
const { initializeLogger, llm, voice } = livekitAgents
initializeLogger({ pretty: false, level: 'silent' })
const warned = []
Object.assign(console, { warn: (text) => warned.push(text) })

async function converse({ fault, ...options }) {
  const rig = await startRig({ modules: { livekitAgents }, ...options })
  equal(rig.clew.installResults.find(({ name }) => name === 'livekitAgents').state, 'patched')
  rig.answer(({ lastToolResults }) => {
    if (fault !== undefined) return { fault }
    return lastToolResults.length > 0
      ? { text: 'It ships today.' }
      : { toolCalls: [{ name: 'lookup', arguments: { id: 42 } }] }
  })
  const model = new openai.LLM({ model: 'gpt-5-mini', apiKey: 'k', baseURL: `${rig.model.url}/v1` })
  const lookup = llm.tool({
    description: 'finds an order',
    parameters: z.object({ id: z.number() }),
    execute: async ({ id }) => ({ id, status: 'shipped' }),
  })
  const agent = new voice.Agent({ instructions: 'You answer.', tools: { lookup } })
  const types = await agentSpan({ agentId: 'app', sessionId: 's_1' }, async () => {
    const session = new voice.AgentSession({ llm: model, connOptions: { llmConnOptions: { maxRetry: 0 } } })
    await session.start({ agent, record: false })
    const run = session.run({ userInput: 'Where is order 42?' })
    await run.wait().catch(() => undefined)
    await session.close()
    return run.events.map(({ type }) => type)
  })
  const lines = await rig.tree()
  await rig.close()
  return { types, lines, rig }
}

const { types, lines, rig } = await converse({})
deepEqual(types, ['function_call', 'function_call_output', 'message'])
const turn = [
  '    agent_turn [-]',
  '      llm_node [-]',
  '        llm_request [-]',
  '          llm_request_run [-]',
]
deepEqual(lines.slice(0, 2), ['app [AGENT]', '  agent_session [-]'])
ok(lines.join('\n').includes([...turn, '      function_tool [-]', ...turn].join('\n')), lines.join('\n'))
equal(new Set(rig.sink.spans().map(({ traceId }) => traceId)).size, 1)
equal(rig.sink.span('agent_turn').attributes['session.id'], 's_1')
const calls = rig.sink.spans().filter(({ name }) => name === 'llm_request')
deepEqual(
  calls.map(({ attributes }) => [attributes['gen_ai.operation.name'], attributes['gen_ai.request.model']]),
  [
    ['chat', 'gpt-5-mini'],
    ['chat', 'gpt-5-mini'],
  ],
)
ok(calls.every(({ attributes }) => attributes['gen_ai.usage.input_tokens'] > 0))
equal(rig.sink.span('function_tool').attributes['gen_ai.tool.call.result'], '{"id":42,"status":"shipped"}')

const failed = await converse({ fault: { kind: 'status', status: 400, message: 'no such model' } })
deepEqual(failed.rig.sink.span('llm_request_run').status, { code: 2, message: '400 no such model' })

const quiet = await converse({ privacy: { content: 'metadata' } })
deepEqual(quiet.types, types)
const sent = quiet.rig.sink.requests.map(({ text }) => text).join('\n')
for (const said of ['Where is order', 'It ships today', 'You answer', 'shipped'])
  equal(sent.includes(said), false, said)
deepEqual(warned, [])
process.exit(0)
