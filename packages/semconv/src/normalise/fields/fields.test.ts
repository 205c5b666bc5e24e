import { describe, expect, it } from 'vitest'
import { canonical, event } from '../testing/canonical.ts'

describe('kind', () => {
  it.for([
    [
      'vendor before operation',
      { 'langsmith.span.kind': 'retriever', 'gen_ai.operation.name': 'embeddings' },
      'RETRIEVER',
    ],
    [
      'operation before OpenInference',
      { 'gen_ai.operation.name': 'execute_tool', 'openinference.span.kind': 'LLM' },
      'TOOL',
    ],
    ['operation in any case', { 'gen_ai.operation.name': 'Chat' }, 'LLM'],
    [
      'an operation of somebody alone is skipped',
      { 'gen_ai.operation.name': 'mine', 'openinference.span.kind': 'tool' },
      'TOOL',
    ],
    [
      'an AI SDK operation with the function id behind it',
      { 'ai.operationId': 'ai.generateText.doGenerate my-fn' },
      'LLM',
    ],
    [
      'our own kind before all',
      { 'clew.span.kind': 'APPROVAL', 'openinference.span.kind': 'CHAIN' },
      'APPROVAL',
    ],
    ['a tool call id alone', { 'gen_ai.tool.call.id': 'call_1' }, 'TOOL'],
    [
      'a model and tokens alone',
      { 'gen_ai.request.model': 'm', 'gen_ai.usage.input_tokens': 1n, 'gen_ai.usage.output_tokens': 1n },
      'LLM',
    ],
    ['MCP tools/call', { 'mcp.method.name': 'tools/call' }, 'TOOL'],
    ['MCP anything else', { 'mcp.method.name': 'initialize' }, 'CHAIN'],
    ['nothing that says AI', { 'http.request.method': 'GET' }, 'UNKNOWN'],
  ] as const)('%s', ([, attributes, kind]) => {
    expect(canonical('x', attributes).kind).toBe(kind)
  })
})

describe('provider', () => {
  it.for([
    ['openai.chat', 'openai'],
    ['anthropic.messages', 'anthropic'],
    ['OpenAI', 'openai'],
    ['gcp.vertex.agent', 'google'],
    ['strands-agents', undefined],
    ['unknown', undefined],
    ['azure.ai.inference', 'azure.ai.inference'],
    ['google.generative-ai', 'google'],
    ['api.openai.com', 'openai'],
    ['https://eu.api.mistral.ai/v1', 'mistral'],
    ['127.0.0.1:4000', undefined],
    ['llm.internal', undefined],
  ] as const)('%s', ([sent, provider]) => {
    expect(canonical('x', { 'gen_ai.system': sent }).provider).toBe(provider)
  })
})

describe('usage', () => {
  it('adds the cache where the scope is known to leave it out, also when the numbers could not tell', () => {
    const attributes = {
      'gen_ai.usage.input_tokens': 100n,
      'gen_ai.usage.output_tokens': 5n,
      'gen_ai.usage.cache_read.input_tokens': 30n,
    }
    expect(canonical('@traceloop/instrumentation-anthropic', attributes).usage?.input).toBe(130)
    expect(canonical('x', attributes).usage?.input).toBe(100)
  })

  it('adds the cache where there is more of it than input', () => {
    const usage = canonical('x', {
      'gen_ai.usage.input_tokens': 20n,
      'gen_ai.usage.cache_read.input_tokens': 90n,
    }).usage
    expect(usage).toMatchObject({ input: 110, cacheRead: 90 })
  })

  it('does not add old and new names of the same count', () => {
    const { usage } = canonical('strands-agents', {
      'gen_ai.usage.input_tokens': 10n,
      'gen_ai.usage.prompt_tokens': 10n,
      'gen_ai.usage.output_tokens': '5',
      'gen_ai.usage.completion_tokens': 5n,
    })
    expect(usage).toEqual({ input: 10, output: 5, total: 15 })
  })

  it('invents none', () => {
    expect(canonical('x', { 'gen_ai.operation.name': 'chat' }).usage).toBeUndefined()
    expect(canonical('x', { 'gen_ai.usage.input_tokens': 'many' }).usage).toBeUndefined()
  })
})

describe('cost', () => {
  it('keeps what the app reported', () => {
    expect(
      canonical('x', { 'llm.cost.total': 0.5, 'llm.cost.prompt': 0.2, 'llm.cost.completion': 0.3 }).cost,
    ).toEqual({
      input: 0.2,
      output: 0.3,
      total: 0.5,
      currency: 'USD',
      source: 'reported',
    })
  })

  it('takes zero on a failed call for no price', () => {
    const span = canonical('x', { 'llm.cost.total': 0n }, { statusCode: 2 })
    expect(span.cost).toEqual({ total: 0, currency: 'USD', source: 'unpriced' })
    expect(span.reportedCost).toBeUndefined()
  })
})

describe('records of conduct', () => {
  it('reads them from attributes, else from the last event that has them', () => {
    const span = canonical(
      '@clew/sdk',
      {
        'openinference.span.kind': 'AGENT',
        'clew.policy.name': 'refunds',
        'clew.policy.result': 'allow',
        'clew.outcome': 'success',
      },
      {
        name: 'Support',
        events: [
          event('clew.approval', { 'clew.approval.decision': 'rejected' }),
          event('clew.approval', { 'clew.approval.decision': 'approved', 'clew.approval.wait_ms': 1200n }),
          event('clew.budget', {
            'clew.budget.name': 'usd',
            'clew.budget.limit': 5,
            'clew.budget.used': 1.5,
          }),
        ],
      },
    )
    expect(span).toMatchObject({
      dialect: 'clew',
      agent: { name: 'Support' },
      policy: { name: 'refunds', result: 'allow' },
      approval: { decision: 'approved', waitMs: 1200 },
      budget: { name: 'usd', limit: 5, used: 1.5 },
      outcome: 'success',
    })
  })

  it('reads the ledger of what was redacted at the source', () => {
    expect(
      canonical('@clew/sdk', {
        'clew.redactions': '[{"rule":"jwt","path":"input.value","count":2},{"bad":1}]',
      }).redactions,
    ).toEqual([{ rule: 'jwt', path: 'input.value', count: 2 }])
  })
})
