import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'

import { agentSpan, manualSpan } from '../../spans/span-functions.ts'
import { startRig } from '../../testing/start-rig.ts'
import type { Rig } from '../../testing/start-rig.ts'
import { wrapClaudeAgentSdkQuery } from './index.ts'

let rig: Rig

beforeAll(async () => {
  rig = await startRig({ autoInstrument: false })
})
afterEach(() => rig.clear())
afterAll(async () => await rig.close())

const usage = {
  input_tokens: 10,
  output_tokens: 5,
  cache_read_input_tokens: 1000,
  cache_creation_input_tokens: 50,
}

function assistant(id: string, block: unknown, parent: string | null): unknown {
  return {
    type: 'assistant',
    parent_tool_use_id: parent,
    message: { id, model: 'claude-x', content: [block], usage },
  }
}

function toolResult(args: {
  id: string
  content: unknown
  parent: string | null
  isError?: boolean
}): unknown {
  const { id, content, parent, isError = false } = args
  return {
    type: 'user',
    parent_tool_use_id: parent,
    message: { content: [{ type: 'tool_result', tool_use_id: id, content, is_error: isError }] },
  }
}

/** The messages that the SDK yields for a run with a sub-agent; one answer comes in two messages. */
async function* messages(): AsyncGenerator<unknown, void> {
  await Promise.resolve()
  yield { type: 'system', subtype: 'init', session_id: 'sess-1', model: 'claude-x' }
  yield assistant('msg_A', { type: 'text', text: 'I will delegate' }, null)
  yield assistant(
    'msg_A',
    { type: 'tool_use', id: 'tu_task', name: 'Task', input: { subagent_type: 'researcher', prompt: 'look' } },
    null,
  )
  yield assistant(
    'msg_B',
    { type: 'tool_use', id: 'tu_bash', name: 'Bash', input: { command: 'ls' } },
    'tu_task',
  )
  yield toolResult({ id: 'tu_bash', content: 'no such folder', parent: 'tu_task', isError: true })
  yield toolResult({ id: 'tu_task', content: [{ type: 'text', text: 'done' }], parent: null })
  yield {
    type: 'result',
    subtype: 'success',
    is_error: false,
    total_cost_usd: 0.0421,
    usage: {
      input_tokens: 20,
      output_tokens: 10,
      cache_read_input_tokens: 2000,
      cache_creation_input_tokens: 100,
    },
    result: 'final',
  }
}

interface FakeQuery extends AsyncGenerator<unknown, void> {
  interrupt(): string
}

const query = wrapClaudeAgentSdkQuery((_call: { prompt: string }): FakeQuery =>
  Object.assign(messages(), { interrupt: () => 'interrupted' }),
)

test('a session is a tree: answers once, tools with their results, sub-agents below the tool that called them', async () => {
  await agentSpan({ agentId: 'cc', sessionId: 'mine' }, async () => {
    for await (const message of query({ prompt: 'hi' })) void message
  })
  expect(await rig.tree()).toEqual([
    'cc [AGENT]',
    '  Claude Agent [AGENT]',
    '    chat claude-x [LLM]',
    '    Task [TOOL]',
    '      researcher [AGENT]',
    '        chat claude-x [LLM]',
    '        Bash [TOOL] failed',
  ])
  const [first] = (await rig.spans()).filter((span) => span.name === 'chat claude-x')
  expect(first?.attributes).toMatchObject({
    'llm.token_count.prompt': 1060,
    'llm.token_count.prompt_details.cache_read': 1000,
  })
  expect(rig.sink.span('Claude Agent').attributes).toMatchObject({
    'llm.token_count.prompt': 2120,
    'llm.cost.total': 0.0421,
    'session.id': 'mine',
    'output.value': 'final',
  })
  expect(rig.sink.span('Bash').attributes['agent.name']).toBe('researcher')
})

const result = (args: { text: string; totalUsd: number }): unknown => ({
  type: 'result',
  subtype: 'success',
  is_error: false,
  total_cost_usd: args.totalUsd,
  usage: { input_tokens: 20, output_tokens: 10 },
  result: args.text,
})

test('a sub-agent in the background keeps its place and the turn open, past the first result', async () => {
  const background = wrapClaudeAgentSdkQuery(async function* background(): AsyncGenerator {
    const input = { subagent_type: 'researcher', prompt: 'look' }
    const id = 'tu_task'
    yield assistant('msg_A', { type: 'tool_use', id, name: 'Agent', input }, null)
    yield { type: 'system', subtype: 'task_started', tool_use_id: id, is_backgrounded: true }
    yield toolResult({ id, content: 'Async agent launched successfully.', parent: null })
    yield result({ text: 'Waiting.', totalUsd: 0.25 })
    yield assistant('msg_B', { type: 'tool_use', id: 'tu_bash', name: 'Bash', input: {} }, id)
    yield toolResult({ id: 'tu_bash', content: 'one', parent: id })
    yield { type: 'system', subtype: 'task_notification', tool_use_id: id, summary: 'Found it.' }
    yield assistant('msg_C', { type: 'text', text: 'Done.' }, null)
    yield result({ text: 'Done.', totalUsd: 0.75 })
    await Promise.resolve()
  })
  for await (const message of background()) void message
  expect(await rig.tree()).toEqual([
    'Claude Agent [AGENT]',
    '  chat claude-x [LLM]',
    '  Agent [TOOL]',
    '    researcher [AGENT]',
    '      chat claude-x [LLM]',
    '      Bash [TOOL]',
    '  chat claude-x [LLM]',
  ])
  expect(rig.sink.span('researcher').attributes['output.value']).toBe('Found it.')
  expect(rig.sink.span('Claude Agent').attributes).toMatchObject({
    'output.value': 'Done.',
    'llm.cost.total': 0.75,
    'llm.token_count.prompt': 40,
  })
})

test('each turn of a session is a run with its own cost', async () => {
  const session = wrapClaudeAgentSdkQuery(async function* session(): AsyncGenerator {
    yield { type: 'system', subtype: 'init', session_id: 'sess-1', model: 'claude-x' }
    yield assistant('msg_A', { type: 'text', text: 'one' }, null)
    yield result({ text: 'one', totalUsd: 0.25 })
    yield assistant('msg_B', { type: 'text', text: 'two' }, null)
    yield result({ text: 'two', totalUsd: 0.75 })
    await Promise.resolve()
  })
  for await (const message of session()) void message
  const turns = (await rig.spans()).filter((span) => span.name === 'Claude Agent')
  expect(turns.map(({ attributes }) => [attributes['output.value'], attributes['llm.cost.total']])).toEqual([
    ['one', 0.25],
    ['two', 0.5],
  ])
  expect(turns.map(({ attributes }) => attributes['session.id'])).toEqual(['sess-1', 'sess-1'])
})

test('the query keeps its methods, and one that is left early ends its spans', async () => {
  const run = query({ prompt: 'x' })
  expect(run.interrupt()).toBe('interrupted')
  expect((await run.next()).value).toMatchObject({ subtype: 'init' })
  await run.next()
  await run.return()
  const spans = await rig.spans()
  expect(spans.map((span) => span.name).toSorted()).toEqual(['Claude Agent', 'chat claude-x'])
  expect(rig.sink.span('Claude Agent').status.code).toBe(0)
  expect(rig.sink.span('Claude Agent').attributes['session.id']).toBe('sess-1')
})

test('a query that fails throws its own error', async () => {
  const broken = wrapClaudeAgentSdkQuery(async function* broken(): AsyncGenerator {
    yield await Promise.resolve({ type: 'system', session_id: 's' })
    throw new Error('process exited')
  })
  await expect(
    (async () => {
      for await (const message of broken()) manualSpan({ spanName: 'seen' }, () => message)
    })(),
  ).rejects.toThrow('process exited')
  await rig.tree()
  expect(rig.sink.span('Claude Agent').status).toMatchObject({ code: 2, message: 'process exited' })
})
