import { toSpan } from './otlp-client.mjs'

const rootId = '1'.repeat(16)
const callsPerAgent = 6
const toolsPerCall = 3
const perAgent = 1 + callsPerAgent * (1 + toolsPerCall)
const idOf = (number) => (number + 4096).toString(16).padStart(16, '0')
const agentOf = (number) => Math.floor((number - 1) / perAgent)
const firstOf = (agent) => agent * perAgent + 1

/**
 * A run as long agents make it: a root that works on, and sub-agents one after the other, whose model calls are each
 * followed by tool calls. A sub-agent is there as running from its start; the rest arrives as it ends.
 */
export function createLongRun({ traceId, spanCount }) {
  let made = 1
  const startedAt = new Map()

  function toAgent(agent, endMs) {
    const startMs = startedAt.get(agent) ?? Date.now()
    startedAt.set(agent, startMs)
    const name = `researcher-${agent % 5}`
    return toSpan({
      traceId,
      spanId: idOf(firstOf(agent)),
      parentSpanId: rootId,
      name,
      kind: 'AGENT',
      startMs,
      endMs,
      attributes: { 'agent.name': name, 'input.value': `Find out about subject ${agent}` },
    })
  }

  return {
    traceId,
    sent: () => made,
    isDone: () => made >= spanCount,
    open: () => [
      toSpan({
        traceId,
        spanId: rootId,
        name: 'long-runner',
        kind: 'AGENT',
        startMs: Date.now(),
        attributes: { 'agent.name': 'long-runner', 'input.value': 'Read everything there is.' },
      }),
    ],
    /** The next spans to arrive, with the ends of the sub-agents that are through. */
    next(count) {
      const spans = []
      const until = Math.min(spanCount, made + count)
      for (; made < until; made += 1) {
        const agent = agentOf(made)
        if (made !== firstOf(agent)) {
          spans.push(toCall(traceId, made))
          continue
        }
        if (agent > 0) spans.push(toAgent(agent - 1, Date.now()))
        spans.push(toAgent(agent))
      }
      return spans
    },
  }
}

function toCall(traceId, number) {
  const agent = agentOf(number)
  const isModelCall = (number - firstOf(agent) - 1) % (1 + toolsPerCall) === 0
  const endMs = Date.now()
  return toSpan({
    traceId,
    spanId: idOf(number),
    parentSpanId: idOf(firstOf(agent)),
    name: isModelCall ? 'chat gpt-5' : `read_page ${number % 20}`,
    kind: isModelCall ? 'LLM' : 'TOOL',
    startMs: endMs - (isModelCall ? 40 : 8),
    endMs,
    attributes: isModelCall ? toModelAttributes(number) : toToolAttributes(number),
  })
}

function toModelAttributes(number) {
  return {
    'llm.model_name': 'gpt-5',
    'llm.token_count.prompt': 1200 + (number % 400),
    'llm.token_count.completion': 80 + (number % 60),
    'input.value': `What do the pages say about point ${number}, and which should be read next?`,
    'output.value': `Three pages mention point ${number}. The second one contradicts the first, so I read its sources next.`,
  }
}

function toToolAttributes(number) {
  return {
    'tool.name': 'read_page',
    'input.value': `{"url":"https://example.com/${number}"}`,
    'output.value': `Page ${number} says that the figures of last year were revised in spring, and links to four more pages.`,
  }
}
