import { describe, expect, it } from 'vitest'
import { canonical, event } from '../testing/canonical.ts'

const exception = event('exception', { 'exception.type': 'Error', 'exception.message': 'boom' })

function kindOf(name: string): string {
  return canonical('livekit-agents', {}, { name }).kind
}

describe('OpenInference', () => {
  const kind = { 'openinference.span.kind': 'LLM' }

  it('reads messages from keys in any order, with holes, and drops phantom tool calls', () => {
    const span = canonical('x', {
      ...kind,
      'llm.input_messages.4.message.content': 'second',
      'llm.input_messages.4.message.role': 'user',
      'llm.input_messages.1.message.role': 'system',
      'llm.input_messages.1.message.content': 'first',
      'llm.input_messages.4.message.tool_calls.0.tool_call.id': null,
      'llm.input_messages.4.message.tool_calls.0.tool_call.function.name': null,
    })
    expect(span.inputMessages).toEqual([
      { role: 'system', content: 'first' },
      { role: 'user', content: 'second' },
    ])
  })

  it('decodes tool arguments that were encoded twice', () => {
    const prefix = 'llm.output_messages.0.message.tool_calls.0.tool_call'
    const span = canonical('x', {
      ...kind,
      [`${prefix}.function.name`]: 'f',
      [`${prefix}.function.arguments`]: '"{\\"city\\":\\"Paris\\"}"',
    })
    expect(span.outputToolCalls).toEqual([{ name: 'f', arguments: { city: 'Paris' } }])
  })

  it('reads who and which model from LangChain metadata', () => {
    const span = canonical('@arizeai/openinference-instrumentation-langchain', {
      'openinference.span.kind': 'CHAIN',
      metadata: '{"lc_agent_name":"triage","thread_id":"s","user_id":"u","ls_provider":"openai"}',
    })
    expect(span).toMatchObject({ agent: { name: 'triage' }, sessionId: 's', userId: 'u', provider: 'openai' })
  })

  it('reads serialised LangChain messages', () => {
    const span = canonical('x', {
      ...kind,
      'input.value':
        '{"messages":[[{"lc":1,"type":"constructor","id":["langchain_core","messages","HumanMessage"],"kwargs":{"content":"Hi"}}]]}',
    })
    expect(span.inputMessages).toEqual([{ role: 'user', content: 'Hi' }])
  })

  it('takes the name of an agent span for the agent, where nothing names it', () => {
    expect(
      canonical('openai-agents', { 'openinference.span.kind': 'AGENT' }, { name: 'Triage' }).agent,
    ).toEqual({
      name: 'Triage',
    })
    expect(
      canonical('x', { 'openinference.span.kind': 'AGENT', 'graph.node.id': 'node' }, { name: 'run' }).agent,
    ).toEqual({ name: 'node' })
  })

  it('takes the workflow around the agents of openai-agents for no agent', () => {
    const scope = '@arizeai/openinference-instrumentation-openai-agents'
    const agent = { 'openinference.span.kind': 'AGENT' }
    expect(canonical(scope, agent, { name: 'Agent workflow' }).agent).toBeUndefined()
    expect(canonical(scope, { ...agent, 'graph.node.id': 'Triage' }, { name: 'Triage' }).agent).toEqual({
      name: 'Triage',
    })
  })
})

describe('LangSmith', () => {
  const llm = {
    'langsmith.span.kind': 'llm',
    'gen_ai.operation.name': 'chat',
    'gen_ai.prompt': '{"model":"m","messages":[{"role":"user","content":"Hi"}]}',
    'gen_ai.completion':
      '{"choices":[{"finish_reason":"stop","message":{"role":"assistant","content":"Hello","tool_calls":null}}]}',
    'gen_ai.response.finish_reasons': 'stop, stop',
    'gen_ai.usage.input_tokens': 10n,
    'gen_ai.usage.output_tokens': 5n,
    'gen_ai.usage.input_token_details': '{"cache_read":4}',
    'gen_ai.usage.output_token_details': '{"reasoning":2}',
    'langsmith.trace.session_name': 'my-project',
    'langsmith.metadata.session_id': 's',
    'langsmith.span.tags': '',
  }

  it('reads raw requests and responses, and takes the project for no session', () => {
    const span = canonical('langsmith', llm)
    expect(span).toMatchObject({
      kind: 'LLM',
      sessionId: 's',
      finishReason: 'stop',
      usage: { input: 10, output: 5, total: 15, cacheRead: 4, reasoning: 2 },
      inputMessages: [{ role: 'user', content: 'Hi' }],
      outputMessages: [{ role: 'assistant', content: 'Hello' }],
      output: 'Hello',
    })
    expect(span.tags).toBeUndefined()
  })

  it('reads a request of the Responses API, and no messages from what is embedded', () => {
    const responses = {
      'langsmith.span.kind': 'llm',
      'gen_ai.prompt': '{"model":"m","input":"Hi","instructions":"Be brief."}',
    }
    expect(canonical('langsmith', responses).inputMessages).toEqual([
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'Hi' },
    ])
    const embedding = { 'langsmith.span.kind': 'embedding', 'gen_ai.prompt': '{"input":["hello"]}' }
    expect(canonical('langsmith', embedding).inputMessages).toBeUndefined()
  })

  it('reads the documents that a retriever returned', () => {
    const span = canonical('langsmith', {
      'langsmith.span.kind': 'retriever',
      'gen_ai.operation.name': 'embeddings',
      'gen_ai.completion': '{"outputs":[{"page_content":"text","metadata":{"id":"d1"}}]}',
    })
    expect(span).toMatchObject({
      kind: 'RETRIEVER',
      documents: [{ content: 'text', metadata: '{"id":"d1"}' }],
    })
  })

  it('names the key of each counter', () => {
    expect(canonical('langsmith', llm).sources).toMatchObject({
      'usage.input': 'gen_ai.usage.input_tokens#direct',
      'usage.cacheRead': 'gen_ai.usage.input_token_details#details',
      'usage.reasoning': 'gen_ai.usage.output_token_details#details',
    })
  })

  it('takes an exception event for an error, although the status says ok', () => {
    const span = canonical('langsmith', llm, { statusCode: 1, events: [exception] })
    expect(span).toMatchObject({ status: 'error', errorType: 'Error', errorMessage: 'boom' })
    expect(canonical('x', {}, { statusCode: 1, events: [exception] }).status).toBe('ok')
  })
})

describe('OpenLLMetry', () => {
  it('reads the flat prompts of older versions, and the word null as no content', () => {
    const span = canonical('@traceloop/instrumentation-openai', {
      'llm.request.type': 'chat',
      'gen_ai.system': 'OpenAI',
      'gen_ai.prompt.0.role': 'user',
      'gen_ai.prompt.0.content': 'Hi',
      'gen_ai.completion.0.role': 'assistant',
      'gen_ai.completion.0.content': 'null',
      'gen_ai.completion.0.finish_reason': 'tool_calls',
      'gen_ai.completion.0.tool_calls.0.id': 'call_1',
      'gen_ai.completion.0.tool_calls.0.name': 'f',
      'gen_ai.completion.0.tool_calls.0.arguments': '{"a":1}',
    })
    expect(span).toMatchObject({
      kind: 'LLM',
      provider: 'openai',
      finishReason: 'tool_calls',
      inputMessages: [{ role: 'user', content: 'Hi' }],
      outputToolCalls: [{ id: 'call_1', name: 'f', arguments: { a: 1 } }],
    })
    expect(span.output).toBeUndefined()
  })

  it('reads the word null as no content also where the calls were lost', () => {
    const { inputMessages } = canonical('@traceloop/instrumentation-openai', {
      'llm.request.type': 'chat',
      'gen_ai.prompt.0.role': 'user',
      'gen_ai.prompt.0.content': 'null',
      'gen_ai.prompt.1.role': 'assistant',
      'gen_ai.prompt.1.content': 'null',
    })
    expect(inputMessages).toEqual([{ role: 'user', content: 'null' }, { role: 'assistant' }])
  })

  it('opens the blocks of Anthropic that older versions write as JSON text', () => {
    const span = canonical('@traceloop/instrumentation-anthropic', {
      'llm.request.type': 'chat',
      'gen_ai.completion.0.role': 'assistant',
      'gen_ai.completion.0.content':
        '[{"type":"text","text":"Looking."},{"type":"tool_use","id":"t","name":"f","input":{"a":1}}]',
    })
    expect(span).toMatchObject({
      output: 'Looking.',
      outputToolCalls: [{ id: 't', name: 'f', arguments: { a: 1 } }],
    })
    const text = '[{"a":1}]'
    expect(
      canonical('@traceloop/x', { 'llm.request.type': 'chat', 'gen_ai.completion.0.content': text }).output,
    ).toBe(text)
  })
})

describe('Laminar', () => {
  it('unquotes outputs and takes an exception event for an error', () => {
    const span = canonical(
      'lmnr.tracer',
      {
        'lmnr.span.type': 'DEFAULT',
        'lmnr.span.output': '"done"',
        'lmnr.association.properties.session_id': 's',
        'lmnr.association.properties.user_id': 'u',
        'lmnr.association.properties.tags': ['x', 'y'],
      },
      { events: [exception] },
    )
    expect(span).toMatchObject({
      kind: 'CHAIN',
      output: 'done',
      sessionId: 's',
      userId: 'u',
      tags: ['x', 'y'],
      status: 'error',
    })
  })
})

describe('Mastra', () => {
  it('takes the inference for the model call and an error finish for a failure', () => {
    const span = canonical(
      'mastra',
      {
        'mastra.span.type': 'model_inference',
        'gen_ai.operation.name': 'model_inference',
        'gen_ai.response.finish_reasons': '["error"]',
      },
      { statusCode: 1 },
    )
    expect(span).toMatchObject({ kind: 'LLM', finishReason: 'error', status: 'error' })
  })

  it('reads what a step asked for, from where the model call below it can take it', () => {
    const span = canonical('mastra', {
      'mastra.span.type': 'model_step',
      'mastra.model_step.output':
        '{"text":"","toolCalls":[{"type":"tool-call","payload":{"toolCallId":"c","toolName":"f","args":{"a":1}}}]}',
    })
    expect(span.kind).toBe('CHAIN')
    expect(span.outputMessages).toEqual([
      { role: 'assistant', toolCalls: [{ id: 'c', name: 'f', arguments: { a: 1 } }] },
    ])
  })

  it('reads the thread as the session, and input and output of its own types', () => {
    const span = canonical('mastra', {
      'mastra.span.type': 'agent_run',
      'gen_ai.operation.name': 'invoke_agent',
      'gen_ai.agent.name': 'a',
      'mastra.metadata.threadId': 's',
      'mastra.agent_run.input': 'question',
      'mastra.agent_run.output': 'answer',
      'mastra.tags': '["x","y"]',
    })
    expect(span).toMatchObject({
      kind: 'AGENT',
      sessionId: 's',
      input: 'question',
      output: 'answer',
      tags: ['x', 'y'],
    })
  })
})

describe('Strands', () => {
  it('reads messages of the older generation of events', () => {
    const span = canonical(
      'strands-agents',
      { 'gen_ai.operation.name': 'chat', 'gen_ai.system': 'strands-agents' },
      {
        events: [
          event('gen_ai.user.message', { content: '[{"type":"textBlock","text":"Hi"}]' }),
          event('gen_ai.choice', {
            finish_reason: 'toolUse',
            message: '[{"text":"Looking."},{"type":"toolUse","name":"f","toolUseId":"t","input":{"a":1}}]',
          }),
        ],
      },
    )
    expect(span).toMatchObject({
      kind: 'LLM',
      finishReason: 'toolUse',
      inputMessages: [{ role: 'user', content: 'Hi' }],
      output: 'Looking.',
      outputToolCalls: [{ id: 't', name: 'f', arguments: { a: 1 } }],
    })
    expect(span.provider).toBeUndefined()
  })

  it('merges the events of the newer generation, each of which holds one key', () => {
    const span = canonical(
      'strands-agents',
      { 'gen_ai.operation.name': 'chat' },
      {
        events: [
          event('gen_ai.client.inference.operation.details', {
            'gen_ai.input.messages': '[{"role":"user","parts":[{"type":"text","content":"Hi"}]}]',
          }),
          event('gen_ai.client.inference.operation.details', {
            'gen_ai.output.messages':
              '[{"role":"assistant","parts":[{"type":"text","content":"Hello"}],"finish_reason":"endTurn"}]',
          }),
        ],
      },
    )
    expect(span).toMatchObject({ input: 'Hi', output: 'Hello', finishReason: 'endTurn' })
  })

  it("reads a tool's arguments and result from its events", () => {
    const span = canonical(
      'strands-agents',
      { 'gen_ai.operation.name': 'execute_tool', 'gen_ai.tool.name': 'f' },
      {
        events: [
          event('gen_ai.tool.message', { role: 'tool', content: '{"a":1}', id: 't' }),
          event('gen_ai.choice', { message: '[{"text":"ok"}]', id: 't' }),
        ],
      },
    )
    expect(span.tool).toEqual({ name: 'f', arguments: '{"a":1}', result: '[{"text":"ok"}]' })
  })

  it('takes a loop cycle for a step', () => {
    expect(canonical('strands-agents', {}, { name: 'execute_agent_loop_cycle' }).kind).toBe('CHAIN')
  })
})

describe('Microsoft Agent 365', () => {
  it('reads messages inside an object, and prefers the conversation that every span has', () => {
    const span = canonical('Agent365Sdk', {
      'gen_ai.operation.name': 'Chat',
      'gen_ai.input.messages':
        '{"version":"1","messages":[{"role":"user","parts":[{"type":"text","content":"Hi"}]}]}',
      'gen_ai.conversation.id': 'conversation',
      'microsoft.session.id': 'root only',
    })
    expect(span).toMatchObject({ kind: 'LLM', input: 'Hi', sessionId: 'conversation' })
  })

  it('knows its operations, which are one word in capitals', () => {
    const operations = ['TextCompletion', 'GenerateContent', 'output_messages']
    const kinds = operations.map((name) => canonical('Agent365Sdk', { 'gen_ai.operation.name': name }).kind)
    expect(kinds).toEqual(['LLM', 'LLM', 'CHAIN'])
  })
})

describe('LiveKit', () => {
  it('tells the request from the node around it and the attempts below it', () => {
    expect([kindOf('llm_node'), kindOf('llm_request'), kindOf('llm_request_run')]).toEqual([
      'CHAIN',
      'LLM',
      'CHAIN',
    ])
  })

  it('reads tools by its own names, and times in seconds', () => {
    const tool = canonical('livekit-agents', {
      'lk.function_tool.name': 'look_up',
      'lk.function_tool.id': 'c',
      'lk.pii.function_tool.arguments': '{"a":1}',
      'lk.pii.function_tool.output': 'ok',
    })
    expect(tool.tool).toEqual({ name: 'look_up', callId: 'c', arguments: '{"a":1}', result: 'ok' })
    expect(canonical('livekit-agents', { 'lk.response.ttft': 0.25 }).timeToFirstTokenMs).toBe(250)
  })

  it('reads what a node was given from its chat context', () => {
    const items =
      '{"items":[{"id":"i","type":"message","role":"system","content":["Be brief."]},{"id":"c","type":"agent_config_update","instructions":"Be brief."},{"id":"m","type":"message","role":"user","content":["Hi"]},{"type":"function_call","call_id":"c","name":"f","arguments":"{}"}]}'
    const span = canonical('livekit-agents', { 'lk.pii.chat_ctx': items }, { name: 'llm_node' })
    expect(span.inputMessages).toEqual([
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'Hi' },
      { role: 'assistant', toolCalls: [{ id: 'c', name: 'f' }] },
    ])
  })

  it('reads its own mirrors of what was said, and failed tools', () => {
    expect(
      canonical('livekit-agents', { 'lk.pii.user_input': 'Hi', 'lk.response.text': 'Hello' }),
    ).toMatchObject({
      input: 'Hi',
      output: 'Hello',
    })
    expect(
      canonical('livekit-agents', {
        'gen_ai.operation.name': 'execute_tool',
        'lk.function_tool.is_error': true,
      }),
    ).toMatchObject({ kind: 'TOOL', status: 'error' })
  })
})
