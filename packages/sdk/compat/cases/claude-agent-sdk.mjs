import { deepEqual, equal, ok } from 'node:assert/strict'

import { query } from '@anthropic-ai/claude-agent-sdk'

import { wrapClaudeAgentSdkQuery } from '../../src/instrument/claude-agent-sdk/index.ts'
import { agentSpan } from '../../src/spans/span-functions.ts'
import { startRig } from '../../src/testing/start-rig.ts'

/** The SDK and the executable that it ships, against the model server. */
const rig = await startRig()
const traced = wrapClaudeAgentSdkQuery(query)
const options = {
  model: 'claude-sonnet-5',
  allowedTools: ['Bash', 'Task', 'Agent'],
  settingSources: [],
  includePartialMessages: true,
  agents: {
    researcher: { description: 'looks things up', prompt: 'You are the researcher.', tools: ['Bash'] },
  },
  cwd: process.cwd(),
  env: {
    PATH: process.env.PATH,
    HOME: process.cwd(),
    ANTHROPIC_API_KEY: 'k',
    ANTHROPIC_BASE_URL: rig.model.url,
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
  },
}

const plain = query({ prompt: 'x', options })

// A tool, streamed in pieces: each answer counts once.
const bash = (command) => ({ name: 'Bash', arguments: { command, description: 'runs it' } })
rig.answer(({ toolNames, lastToolResults, turns }) => {
  if (!isAsked(turns, 'List the folder') || !toolNames.includes('Bash')) return { text: 'ok' }
  return lastToolResults.length > 0
    ? { text: 'One file.', usage: { input: 100, cacheRead: 40, output: 7 } }
    : { toolCalls: [bash('echo one')] }
})
const result = await read('List the folder')
equal(result.result, 'One file.')
deepEqual(await rig.tree(), [
  'app [AGENT]',
  '  Claude Agent [AGENT]',
  '    chat claude-sonnet-5 [LLM]',
  '    Bash [TOOL]',
  '    chat claude-sonnet-5 [LLM]',
])
const root = rig.sink.span('Claude Agent')
equal(root.attributes['output.value'], 'One file.')
equal(root.attributes['llm.cost.total'], result.total_cost_usd)
const last = rig.sink.spans().findLast((span) => span.name.startsWith('chat'))
equal(last.attributes['llm.token_count.prompt'], 100)
equal(last.attributes['llm.token_count.prompt_details.cache_read'], 40)
equal(last.attributes['session.id'], 's_1')

// A sub-agent, which the SDK runs in the background, and whose tool fails.
rig.clear()
rig.answer(({ system, toolNames, lastToolResults, turns }) => {
  if (system.includes('You are the researcher.'))
    return lastToolResults.length > 0 ? { text: 'Nothing there.' } : { toolCalls: [bash('exit 3')] }
  const delegate = toolNames.find((name) => name === 'Agent' || name === 'Task')
  if (!isAsked(turns, 'Delegate it') || delegate === undefined) return { text: 'ok' }
  if (turns.some(({ toolResults }) => toolResults.length > 0)) return { text: 'Done.' }
  const input = { description: 'look', prompt: 'Look it up', subagent_type: 'researcher' }
  return { toolCalls: [{ name: delegate, arguments: input }] }
})
equal((await read('Delegate it')).result, 'Done.')
deepEqual(await rig.tree(), [
  'app [AGENT]',
  '  Claude Agent [AGENT]',
  '    chat claude-sonnet-5 [LLM]',
  '    Agent [TOOL]',
  '      researcher [AGENT]',
  '        chat claude-sonnet-5 [LLM]',
  '        Bash [TOOL] failed',
  '        chat claude-sonnet-5 [LLM]',
  '    chat claude-sonnet-5 [LLM]',
  '    chat claude-sonnet-5 [LLM]',
])

await plain.return?.()
// A model that refuses.
rig.clear()
rig.answer(() => ({ fault: { kind: 'status', status: 400, message: 'no such model' } }))
ok((await read('Fail').catch((error) => error)) instanceof Error)
const failed = (await rig.tree()).filter((line) => line.includes('failed'))
deepEqual(failed, ['app [AGENT] failed', '  Claude Agent [AGENT] failed'])
await rig.close()
process.exit(0)

async function read(prompt) {
  let told
  await agentSpan({ agentId: 'app', sessionId: 's_1' }, async () => {
    const run = traced({ prompt, options })
    for (const name of ['interrupt', 'setModel', 'setPermissionMode', 'next', 'return'])
      equal(typeof run[name], typeof plain[name], name)
    for await (const message of run) if (message.type === 'result') told = message
  })
  return told
}

function isAsked(turns, text) {
  return turns.some((turn) => turn.text.includes(text))
}
