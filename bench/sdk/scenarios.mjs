const input = { query: 'q'.repeat(900), top_k: 5, filters: { tenant: 'acme' } }
const output = { hits: Array.from({ length: 5 }, (_, id) => ({ id, text: 't'.repeat(180) })) }
const messages = Array.from({ length: 20 }, (_, index) => ({
  role: index % 2 ? 'assistant' : 'user',
  content: 'm'.repeat(250),
}))
const nothing = async () => {}

/** What is done in each scenario, and how many spans that makes; `share` of the iterations, where one is dear. */
export function createScenarios({ manualSpan, agentSpan, instrumentOpenAI }) {
  const steps = {
    bare: { spans: 1, share: 1, run: () => manualSpan({ spanName: 'step' }, nothing) },
    typical: { spans: 1, share: 1, run: () => runTypical(manualSpan) },
    nested: { spans: 6, share: 1, run: () => runNested({ manualSpan, agentSpan }) },
  }
  if (instrumentOpenAI === undefined) return steps
  const client = createClient(instrumentOpenAI)
  const request = { model: 'gpt-4o-mini', temperature: 0.2, messages }
  return {
    ...steps,
    llm20: { spans: 1, share: 0.2, run: () => client.create(request) },
    stream101: { spans: 1, share: 0.05, run: () => readStream(client, request) },
  }
}

function runTypical(manualSpan) {
  const options = {
    spanName: 'search',
    spanKind: 'TOOL',
    toolName: 'search',
    toolCallId: 'call_1',
    input,
    attributes: { tenant: 'acme', attempt: 1 },
  }
  return manualSpan(options, async (span) => {
    span.setOutput(output)
  })
}

function runNested({ manualSpan, agentSpan }) {
  const agent = { agentId: 'support-agent', agentName: 'Support', sessionId: 'conv-1' }
  const step = { spanName: 'step', spanKind: 'TOOL', toolName: 't', input: 'x' }
  return agentSpan(agent, async (span) => {
    span.setInput('hi')
    for (let index = 0; index < 5; index += 1) await manualSpan(step, nothing)
    span.setOutput('bye')
    span.recordTokens({ prompt: 1, completion: 1, total: 2 })
  })
}

async function readStream(client, request) {
  let count = 0
  for await (const chunk of await client.create({ ...request, stream: true })) count += chunk.choices.length
  return count
}

class Responses {
  async create() {
    return {}
  }
}

/** Stands in for OpenAI's client, in its static shape, so that nothing but the instrumentation is measured. */
function createClient(instrumentOpenAI) {
  class Completions {
    async create(body) {
      return body.stream ? { [Symbol.asyncIterator]: streamChunks } : completion()
    }
  }
  class Chat {
    static Completions = Completions
    completions = new Completions()
  }
  class OpenAI {
    static Chat = Chat
    static Responses = Responses
    chat = new Chat()
  }
  instrumentOpenAI(OpenAI)
  return new OpenAI().chat.completions
}

function completion() {
  return {
    id: 'c',
    object: 'chat.completion',
    model: 'gpt-4o-mini-2026',
    choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'y'.repeat(600) } }],
    usage: {
      prompt_tokens: 1200,
      completion_tokens: 150,
      total_tokens: 1350,
      prompt_tokens_details: { cached_tokens: 1024 },
    },
  }
}

async function* streamChunks() {
  for (let index = 0; index < 100; index += 1)
    yield { id: 'c', model: 'gpt-4o-mini-2026', choices: [{ index: 0, delta: { content: 'token ' } }] }
  yield { id: 'c', model: 'gpt-4o-mini-2026', choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] }
}
