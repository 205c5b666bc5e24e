import type { Usage } from '../../span/canonical.ts'
import { type KeyList, keyList } from '../key-list.ts'
import { type Draft, amendNote, note } from '../draft.ts'
import { toCount } from '../value.ts'
import { checkUsage } from './check-usage.ts'

type Counter = 'input' | 'output' | 'cacheRead' | 'cacheWrite' | 'reasoning'

/** Keys of each counter, first present wins. */
const counterKeys: { readonly [counter in Counter]: KeyList } = {
  input: keyList(
    'gen_ai.usage.input_tokens',
    'gen_ai.usage.prompt_tokens',
    'llm.token_count.prompt',
    'ai.usage.inputTokens',
    'ai.usage.promptTokens',
    'ai.usage.tokens',
  ),
  output: keyList(
    'gen_ai.usage.output_tokens',
    'gen_ai.usage.completion_tokens',
    'llm.token_count.completion',
    'ai.usage.outputTokens',
    'ai.usage.completionTokens',
  ),
  cacheRead: keyList(
    'gen_ai.usage.cache_read.input_tokens',
    'gen_ai.usage.cache_read_input_tokens',
    'gen_ai.usage.input_cached_tokens',
    'gen_ai.usage.details.cache_read_tokens',
    'gen_ai.usage.details.cache_read_input_tokens',
    'llm.token_count.prompt_details.cache_read',
    'ai.usage.cachedInputTokens',
    'ai.usage.inputTokenDetails.cacheReadTokens',
  ),
  cacheWrite: keyList(
    'gen_ai.usage.cache_creation.input_tokens',
    'gen_ai.usage.cache_write.input_tokens',
    'gen_ai.usage.cache_creation_input_tokens',
    'gen_ai.usage.cache_write_input_tokens',
    'gen_ai.usage.details.cache_write_tokens',
    'gen_ai.usage.details.cache_creation_input_tokens',
    'llm.token_count.prompt_details.cache_write',
    'ai.usage.inputTokenDetails.cacheWriteTokens',
  ),
  reasoning: keyList(
    'gen_ai.usage.reasoning.output_tokens',
    'gen_ai.usage.reasoning_tokens',
    'gen_ai.usage.details.reasoning_tokens',
    'llm.token_count.completion_details.reasoning',
    'ai.usage.reasoningTokens',
    'ai.usage.outputTokenDetails.reasoningTokens',
  ),
}

const usageFields: { readonly [counter in Counter]: string } = {
  input: 'usage.input',
  output: 'usage.output',
  cacheRead: 'usage.cacheRead',
  cacheWrite: 'usage.cacheWrite',
  reasoning: 'usage.reasoning',
}

const counters = ['input', 'output', 'cacheRead', 'cacheWrite', 'reasoning'] as const

/** Scopes that send the input without what the cache served. */
const exclusiveScopes = ['@traceloop/instrumentation-anthropic', 'opentelemetry.instrumentation.anthropic']

/**
 * Sets usage in the canonical basis: `input` with cache, `output` with reasoning, `total` their sum.
 * A dialect's own reader fills what the flat keys leave open.
 */
export function fillUsage(draft: Draft): void {
  const usage: Usage = {}
  for (const counter of counters) readCounter(draft, counter, usage)
  const sentInput = usage.input
  const basis = toInclusive(draft, usage)
  fillFromFacts(draft, usage)
  if (usage.input !== undefined && usage.output === undefined && isEmbedding(draft)) usage.output = 0
  if (usage.input === undefined && usage.output === undefined) return
  if (usage.input !== undefined && usage.output !== undefined) usage.total = usage.input + usage.output
  draft.out.usage = usage
  if (basis !== 'inclusive') amendNote(draft, 'usage.input', '+cache')
  const checks = checkUsage({ draft, usage, sentInput, isGuessed: basis === 'guessed' })
  if (checks !== undefined) draft.out.checks = checks
}

function readCounter(draft: Draft, counter: Counter, usage: Usage): void {
  for (const key of draft.shape.present(counterKeys[counter])) {
    const count = toCount(draft.attributes[key])
    if (count === undefined) continue
    usage[counter] = count
    note(draft, usageFields[counter], { key })
    return
  }
}

/** More cache than input can only be an input that leaves the cache out; that is a guess, and said to be one. */
function toInclusive(draft: Draft, usage: Usage): 'inclusive' | 'known' | 'guessed' {
  if (usage.input === undefined) return 'inclusive'
  const cache = (usage.cacheRead ?? 0) + (usage.cacheWrite ?? 0)
  const isKnown = exclusiveScopes.some((scope) => draft.span.scope.name.startsWith(scope))
  if (cache === 0 || !(isKnown || cache > usage.input)) return 'inclusive'
  usage.input += cache
  return isKnown ? 'known' : 'guessed'
}

function fillFromFacts(draft: Draft, usage: Usage): void {
  const fact = draft.facts.usage
  if (fact === undefined) return
  for (const counter of counters) {
    const value = fact.value[counter]
    const isOwn = usage[counter] !== undefined && fact.rule !== 'overrides'
    if (value === undefined || isOwn) continue
    usage[counter] = value
    note(draft, usageFields[counter], {
      key: fact.keys?.[counter] ?? fact.key,
      rule: fact.rule ?? draft.dialect,
    })
  }
}

function isEmbedding(draft: Draft): boolean {
  if (draft.attributes['ai.usage.tokens'] !== undefined) return true
  const operation = draft.attributes['gen_ai.operation.name']
  return operation === 'embeddings' || draft.attributes['embedding.model_name'] !== undefined
}
