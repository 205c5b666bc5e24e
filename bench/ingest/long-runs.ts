import { createRandom, makeSpan, makeTraces, toProtobuf } from '@clew/ingest/testing'

type Values = { [key: string]: unknown }
type Span = ReturnType<typeof makeSpan>

const words =
  'agent invoice policy refund customer order shipment status search retrieve context token latency budget approve deny escalate summary plan step result error retry cache section clause amount currency account ticket priority owner reason evidence'.split(
    ' ',
  )
const tools = ['search_policy', 'lookup_order', 'get_customer', 'issue_refund', 'web_search', 'run_sql']
const models = [
  ['openai', 'gpt-4o-2024-08-06'],
  ['anthropic', 'claude-sonnet-4-5-20250929'],
] as const
/** Conversations are compacted when they have this many messages. */
const messagesMax = 24

/**
 * Long runs, the same for the same seed, as OTLP protobuf: a coordinator that hands work to sub-agents in turn, each
 * of them turn after turn a model call over a conversation that grows and is compacted, and one to three tools side
 * by side, of which some fail and are tried again. GenAI semantic conventions, about 3 KB a span.
 */
export function makeLongRuns(options: {
  seed: number
  runs: number
  spans: number
  startMs: number
}): Buffer {
  const { seed, runs, spans, startMs } = options
  const random = makeRandom(seed)
  return toProtobuf(
    makeTraces(Array.from({ length: runs }, () => makeRun({ random, spans, startMs })).flat()),
  )
}

interface Run {
  random: Random
  traceId: string
  spans: Span[]
  nowMs: number
}

function makeRun(options: { random: Random; spans: number; startMs: number }): Span[] {
  const { random, spans: wanted, startMs } = options
  const run: Run = { random, traceId: random.hex(16), spans: [], nowMs: startMs }
  const root = random.hex(8)
  while (run.spans.length < wanted - 1)
    workAsSubAgent(run, { parent: root, most: wanted - 1 - run.spans.length })
  add(run, { id: root, name: 'invoke_agent coordinator', startMs, values: agentValues('coordinator') })
  return run.spans
}

function workAsSubAgent(run: Run, { parent, most }: { parent: string; most: number }): void {
  const { random } = run
  const id = random.hex(8)
  const name = `worker-${random.below(6)}`
  const startMs = run.nowMs
  const from = run.spans.length
  const messages = [message('system', random.text(600)), message('user', random.text(240))]
  const turns = 4 + random.below(16)
  for (let turn = 0; turn < turns && run.spans.length - from < most - 1; turn += 1) {
    callModel(run, { parent: id, messages })
    const left = most - 1 - (run.spans.length - from)
    callTools(run, { parent: id, count: Math.min(1 + random.below(3), left), messages })
    if (messages.length > messagesMax)
      messages.splice(1, messages.length - 4, message('user', random.text(400)))
  }
  add(run, { id, parent, name: `invoke_agent ${name}`, startMs, values: agentValues(name) })
}

function callModel(run: Run, { parent, messages }: { parent: string; messages: unknown[] }): void {
  const { random } = run
  const [provider, model] = models[random.below(models.length)] ?? models[0]
  const startMs = run.nowMs
  run.nowMs += 400 + random.below(2000)
  const answer = message('assistant', random.text(300))
  const input = messages.length * 90
  add(run, {
    id: random.hex(8),
    parent,
    name: `chat ${model}`,
    startMs,
    values: {
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': provider,
      'gen_ai.request.model': model,
      'gen_ai.response.model': model,
      'gen_ai.request.temperature': 0.2,
      'gen_ai.response.finish_reasons': ['tool_calls'],
      'gen_ai.usage.input_tokens': BigInt(input),
      'gen_ai.usage.output_tokens': BigInt(75),
      'gen_ai.usage.cache_read.input_tokens': BigInt(Math.floor(input / 2)),
      'gen_ai.input.messages': JSON.stringify(messages),
      'gen_ai.output.messages': JSON.stringify([answer]),
    },
  })
  messages.push(answer)
}

/** Side by side: they start together, and the turn ends with the slowest. */
function callTools(
  run: Run,
  { parent, count, messages }: { parent: string; count: number; messages: unknown[] },
): void {
  const { random } = run
  const startMs = run.nowMs
  let endMs = startMs
  for (let at = 0; at < count; at += 1) {
    const tool = tools[random.below(tools.length)] ?? 'search_policy'
    const hasFailed = random.below(12) === 0
    run.nowMs = startMs + 20 + random.below(800)
    endMs = Math.max(endMs, run.nowMs)
    add(run, {
      id: random.hex(8),
      parent,
      name: `execute_tool ${tool}`,
      startMs,
      values: {
        'gen_ai.operation.name': 'execute_tool',
        'gen_ai.tool.name': tool,
        'gen_ai.tool.call.id': `call_${random.hex(6)}`,
        'gen_ai.tool.call.arguments': JSON.stringify({ query: random.text(60), limit: 5 }),
        ...(hasFailed
          ? { 'error.type': 'TimeoutError', 'clew.retry.attempt': 1n, 'clew.retry.reason': 'timeout' }
          : { 'gen_ai.tool.call.result': JSON.stringify({ rows: [random.text(500), random.text(300)] }) }),
      },
      extra: hasFailed ? { status: { code: 2, message: 'no answer within 800 ms' } } : {},
    })
    messages.push(message('tool', random.text(200)))
  }
  run.nowMs = endMs
}

function add(
  run: Run,
  span: { id: string; parent?: string; name: string; startMs: number; values: Values; extra?: Values },
): void {
  const { id, parent, name, startMs, values, extra = {} } = span
  run.spans.push(
    makeSpan({
      traceId: run.traceId,
      spanId: id,
      name,
      startMs,
      endMs: Math.max(run.nowMs, startMs + 1),
      attributes: values,
      extra: parent === undefined ? extra : { ...extra, parentSpanId: parent },
    }),
  )
}

function agentValues(name: string): Values {
  return {
    'gen_ai.operation.name': 'invoke_agent',
    'gen_ai.agent.name': name,
    'gen_ai.agent.id': `agent-${name}`,
    'gen_ai.conversation.id': 'long-conversation',
  }
}

function message(role: string, content: string): unknown {
  return { role, parts: [{ type: 'text', content }] }
}

interface Random {
  below(limit: number): number
  hex(bytes: number): string
  text(letters: number): string
}

function makeRandom(seed: number): Random {
  const below = createRandom(seed)
  return {
    below,
    hex: (bytes) => Array.from({ length: bytes }, () => below(256).toString(16).padStart(2, '0')).join(''),
    text: (letters) => {
      let text = ''
      while (text.length < letters) text += `${words[below(words.length)] ?? 'step'} `
      return text.trimEnd()
    },
  }
}
