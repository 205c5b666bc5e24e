import { expect, it } from 'vitest'
import { canonical } from '../testing/canonical.ts'

const input = 'gen_ai.usage.input_tokens'
const output = 'gen_ai.usage.output_tokens'
const buckets = 'langfuse.observation.usage_details'
const cached = 'gen_ai.usage.cache_read.input_tokens'

it('finds nothing to say about numbers that agree', () => {
  const agreeing = { [input]: 120n, [output]: 20n, [cached]: 100n, 'gen_ai.usage.total_tokens': 140n }
  expect(canonical('x', agreeing).checks).toBeUndefined()
  expect(canonical('x', { 'http.request.method': 'GET' }).checks).toBeUndefined()
})

it('flags an input that is not its uncached part and the cache', () => {
  const span = canonical('ai', {
    'ai.usage.inputTokens': 100n,
    'ai.usage.outputTokens': 5n,
    'ai.usage.inputTokenDetails.noCacheTokens': 20n,
    'ai.usage.inputTokenDetails.cacheReadTokens': 30n,
    'ai.usage.inputTokenDetails.cacheWriteTokens': 10n,
  })
  expect(span.usage?.input).toBe(100)
  expect(span.checks).toEqual([
    {
      rule: 'input-parts',
      field: 'usage.input',
      expected: 60,
      found: 100,
      rawKey: 'ai.usage.inputTokenDetails.noCacheTokens',
    },
  ])
})

it('says that it guessed where more cache than input was sent by an emitter that nobody knows', () => {
  const attributes = { [input]: 20n, [output]: 5n, [cached]: 90n }
  expect(canonical('x', attributes)).toMatchObject({
    usage: { input: 110 },
    checks: [{ rule: 'guessed-basis', field: 'usage.input', expected: 110, found: 20, rawKey: input }],
  })
  expect(canonical('@traceloop/instrumentation-anthropic', attributes).checks).toBeUndefined()
})

it('flags a total that is neither with nor without the cache the sum of its parts', () => {
  const parts = { [input]: 20n, [output]: 5n, [cached]: 90n }
  const scope = '@traceloop/instrumentation-anthropic'
  expect(canonical(scope, { ...parts, 'llm.usage.total_tokens': 25n }).checks).toBeUndefined()
  expect(canonical(scope, { ...parts, 'llm.usage.total_tokens': 115n }).checks).toBeUndefined()
  expect(canonical(scope, { ...parts, 'llm.usage.total_tokens': 99n }).checks).toEqual([
    { rule: 'sent-total', field: 'usage.total', expected: 115, found: 99, rawKey: 'llm.usage.total_tokens' },
  ])
})

it.for([
  [125, undefined],
  [25, [{ rule: 'sent-total', field: 'usage.total', expected: 125, found: 25, rawKey: buckets }]],
] as const)('checks the total among the buckets of Langfuse: %s', ([total, checks]) => {
  const usage = JSON.stringify({ input: 20, input_cached_tokens: 100, output: 5, total })
  const span = canonical('langfuse-sdk', { 'langfuse.observation.type': 'generation', [buckets]: usage })
  expect(span.checks).toEqual(checks)
})

it('flags more reasoning than output', () => {
  const span = canonical('x', { [input]: 1n, [output]: 5n, 'gen_ai.usage.reasoning_tokens': 8n })
  expect(span.checks).toMatchObject([{ rule: 'output-parts', field: 'usage.output', expected: 8, found: 5 }])
})
