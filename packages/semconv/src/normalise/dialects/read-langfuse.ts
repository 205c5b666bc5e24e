import type { Usage } from '../../span/canonical.ts'
import type { DecodedSpan } from '../../span/decoded.ts'
import { type DialectFacts, jsonAttribute, jsonRecord } from '../draft.ts'
import { parseMessages } from '../messages/parse-messages.ts'
import { type JsonRecord, asCount, asRecord, toText, unquote } from '../value.ts'

const usageKey = 'langfuse.observation.usage_details'
const costKey = 'langfuse.observation.cost_details'
const inputKey = 'langfuse.observation.input'
const outputKey = 'langfuse.observation.output'
const startKey = 'langfuse.observation.completion_start_time'

/** Langfuse: usage in exclusive buckets, provider messages as JSON, bare strings for text. */
export function readLangfuse(span: DecodedSpan): DialectFacts {
  const { attributes } = span
  const facts: DialectFacts = {}
  const buckets = jsonRecord(attributes, usageKey)
  const usage = buckets === undefined ? undefined : sumBuckets(buckets)
  if (usage !== undefined) {
    const total = asCount(buckets?.['total'])
    facts.usage = { value: usage, key: usageKey, rule: 'sum-of-buckets' }
    if (total !== undefined) facts.usage.sentTotal = total
  }
  readCost(span, facts)
  if (attributes['langfuse.observation.type'] === 'generation') readGeneration(span, facts)
  return facts
}

/** Every bucket whose name starts with `input` or `output`, or names the cache, counts once. */
function sumBuckets(buckets: JsonRecord): Usage | undefined {
  const usage: Usage = {}
  for (const [name, raw] of Object.entries(buckets)) {
    const count = asCount(raw)
    if (count === undefined || name === 'total') continue
    const isCacheRead = name === 'input_cached_tokens' || name === 'cache_read_input_tokens'
    const isCacheWrite = name === 'cache_creation_input_tokens' || name === 'input_cache_creation'
    if (name.startsWith('input') || isCacheRead || isCacheWrite) usage.input = (usage.input ?? 0) + count
    else if (name.startsWith('output')) usage.output = (usage.output ?? 0) + count
    if (isCacheRead) usage.cacheRead = (usage.cacheRead ?? 0) + count
    if (isCacheWrite) usage.cacheWrite = (usage.cacheWrite ?? 0) + count
    if (name === 'output_reasoning_tokens' || name === 'output_reasoning') usage.reasoning = count
  }
  return usage.input === undefined && usage.output === undefined ? undefined : usage
}

function readCost(span: DecodedSpan, facts: DialectFacts): void {
  const details = jsonRecord(span.attributes, costKey)
  if (details === undefined) return
  const { input, output, total } = details
  if (typeof total !== 'number') return
  facts.cost = {
    value: {
      total,
      ...(typeof input === 'number' ? { input } : {}),
      ...(typeof output === 'number' ? { output } : {}),
    },
    key: costKey,
    rule: 'total',
  }
}

function readGeneration(span: DecodedSpan, facts: DialectFacts): void {
  const input = parseMessages(jsonAttribute(span.attributes, inputKey))
  if (input !== undefined) facts.inputMessages = { value: input, key: inputKey, rule: 'messages' }
  const json = jsonAttribute(span.attributes, outputKey)
  const messages = parseMessages(json)
  if (messages !== undefined && asRecord(json)?.['role'] !== undefined) {
    facts.outputMessages = { value: messages, key: outputKey, rule: 'message' }
  }
  const started = toText(span.attributes[startKey])
  if (started !== undefined) readFirstToken(span, unquote(started) ?? started, facts)
}

function readFirstToken(span: DecodedSpan, iso: string, facts: DialectFacts): void {
  const waited = Date.parse(iso) - Number(BigInt(span.startTimeUnixNano) / 1_000_000n)
  if (waited >= 0) facts.timeToFirstTokenMs = { value: waited, key: startKey, rule: 'since-start' }
}
