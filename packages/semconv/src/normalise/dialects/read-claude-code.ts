import type { CanonicalSpan, SpanKind } from '../../span/canonical.ts'
import type { DecodedSpan } from '../../span/decoded.ts'
import { type DialectFacts, contentText } from '../draft.ts'
import { toCount, toNumber, toText } from '../value.ts'
import { usageOf } from './to-usage.ts'

const kinds = new Map<string, SpanKind>([
  ['interaction', 'AGENT'],
  ['llm_request', 'LLM'],
  ['tool', 'TOOL'],
])

const usageKeys = {
  output: 'output_tokens',
  cacheRead: 'cache_read_tokens',
  cacheWrite: 'cache_creation_tokens',
}

/** Claude Code: keys without a namespace, input without cache. Answers, cost and arguments are in logs. */
export function readClaudeCode(span: DecodedSpan): DialectFacts {
  const { attributes } = span
  const facts: DialectFacts = {}
  const type = toText(attributes['span.type'])
  if (type !== undefined)
    facts.kind = { value: kinds.get(type) ?? 'CHAIN', key: 'span.type', rule: 'claude-code' }
  const model = toText(attributes['model'])
  if (model !== undefined) facts.model = { value: model, key: 'model' }
  const prompt = toText(attributes['user_prompt'])
  if (prompt !== undefined) facts.input = { value: prompt, key: 'user_prompt' }
  const usage = readUsage(span)
  if (usage !== undefined)
    facts.usage = { value: usage, key: 'input_tokens', keys: usageKeys, rule: 'plus-cache' }
  const finish = toText(attributes['stop_reason'])
  if (finish !== undefined) facts.finishReason = { value: finish, key: 'stop_reason' }
  const result = span.events.find((event) => event.name === 'tool.output')?.attributes['output']
  const text = contentText(result)
  if (text !== undefined) facts.tool = { value: { result: text }, key: 'tool.output', rule: 'event' }
  if (type === 'tool.blocked_on_user') facts.approval = { value: readApproval(span), key: 'decision' }
  const ttft = toNumber(attributes['ttft_ms'])
  if (ttft !== undefined) facts.timeToFirstTokenMs = { value: ttft, key: 'ttft_ms' }
  return facts
}

/** How long the tool waited for leave, and who gave it: a person or a rule of the configuration. */
function readApproval({ attributes }: DecodedSpan): NonNullable<CanonicalSpan['approval']> {
  const decision = toText(attributes['decision'])
  const by = toText(attributes['source'])
  const waitMs = toNumber(attributes['duration_ms'])
  return {
    ...(decision === undefined ? {} : { decision }),
    ...(by === undefined ? {} : { by }),
    ...(waitMs === undefined ? {} : { waitMs }),
  }
}

function readUsage({ attributes }: DecodedSpan): ReturnType<typeof usageOf> {
  const input = toCount(attributes['input_tokens'])
  const cacheRead = toCount(attributes['cache_read_tokens'])
  const cacheWrite = toCount(attributes['cache_creation_tokens'])
  return usageOf({
    input: input === undefined ? undefined : input + (cacheRead ?? 0) + (cacheWrite ?? 0),
    output: toCount(attributes['output_tokens']),
    cacheRead,
    cacheWrite,
    reasoning: undefined,
  })
}
