import { equal, ok } from 'node:assert/strict'

import { query } from '@anthropic-ai/claude-agent-sdk'

import { wrapClaudeAgentSdkQuery } from '../../src/instrument/claude-agent-sdk/index.ts'
import { agentSpan } from '../../src/spans/span-functions.ts'
import { startRig } from '../../src/testing/start-rig.ts'

/** The SDK and the executable that it ships, against the model server. */
const rig = await startRig()
rig.answer(({ toolNames, lastToolResults, turns }) => {
  const isAsked = turns.some((turn) => turn.text.includes('List the folder'))
  if (!isAsked || !toolNames.includes('Bash')) return { text: 'ok' }
  return lastToolResults.length > 0
    ? { text: 'One file.', usage: { input: 100, cacheRead: 40, output: 7 } }
    : { toolCalls: [{ name: 'Bash', arguments: { command: 'echo one', description: 'list' } }] }
})
const traced = wrapClaudeAgentSdkQuery(query)
const options = {
  model: 'claude-sonnet-5',
  allowedTools: ['Bash'],
  settingSources: [],
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
const run = traced({ prompt: 'List the folder', options })
for (const name of ['interrupt', 'setModel', 'setPermissionMode', 'next', 'return'])
  equal(typeof run[name], typeof plain[name], name)
await plain.return?.()

let result
await agentSpan({ agentId: 'app', sessionId: 's_1' }, async () => {
  for await (const message of run) if (message.type === 'result') result = message
})
equal(result.result, 'One file.')
const lines = await rig.tree()
ok(
  lines.some((line) => line.trim() === 'Bash [TOOL]'),
  lines.join('\n'),
)
equal(lines.filter((line) => line.includes('[LLM]')).length, 2, lines.join('\n'))
const spans = await rig.spans()
const root = spans.find((span) => span.name === 'Claude Agent')
equal(root.attributes['output.value'], 'One file.')
equal(root.attributes['llm.cost.total'], result.total_cost_usd)
const last = spans.filter((span) => span.name.startsWith('chat')).at(-1)
equal(last.attributes['llm.token_count.prompt'], 100)
await rig.close()
process.exit(0)
