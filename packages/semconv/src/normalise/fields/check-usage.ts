import type { SpanCheck, Usage } from '../../span/canonical.ts'
import { type Draft, notedKey } from '../draft.ts'
import { keyList } from '../key-list.ts'
import { toCount } from '../value.ts'

const uncachedKey = 'ai.usage.inputTokenDetails.noCacheTokens'
const totalKeys = keyList(
  'gen_ai.usage.total_tokens',
  'llm.token_count.total',
  'ai.usage.totalTokens',
  'llm.usage.total_tokens',
  'usage.total_tokens',
)

/** Where the counters contradict each other; `sentInput` is the input before any cache was added to it. */
export function checkUsage(args: {
  draft: Draft
  usage: Usage
  sentInput: number | undefined
  isGuessed: boolean
}): SpanCheck[] | undefined {
  const { draft, usage, sentInput, isGuessed } = args
  const checks: SpanCheck[] = []
  checkInput({ draft, usage, checks })
  if (isGuessed && usage.input !== undefined && sentInput !== undefined) {
    const rawKey = keyOf(draft, 'usage.input')
    checks.push({
      rule: 'guessed-basis',
      field: 'usage.input',
      expected: usage.input,
      found: sentInput,
      rawKey,
    })
  }
  const { output, reasoning } = usage
  if (output !== undefined && reasoning !== undefined && reasoning > output) {
    const rawKey = keyOf(draft, 'usage.reasoning')
    checks.push({ rule: 'output-parts', field: 'usage.output', expected: reasoning, found: output, rawKey })
  }
  checkTotal({ draft, usage, sentInput, checks })
  return checks.length === 0 ? undefined : checks
}

function checkInput(args: { draft: Draft; usage: Usage; checks: SpanCheck[] }): void {
  const { draft, usage, checks } = args
  const { input, cacheRead = 0, cacheWrite = 0 } = usage
  if (input === undefined) return
  const uncached = toCount(draft.attributes[uncachedKey])
  const expected = (uncached ?? 0) + cacheRead + cacheWrite
  if (uncached === undefined ? expected <= input : expected === input) return
  const rawKey = uncached === undefined ? keyOf(draft, 'usage.cacheRead') : uncachedKey
  checks.push({ rule: 'input-parts', field: 'usage.input', expected, found: input, rawKey })
}

/** Emitters that leave the cache out of the input leave it out of the total too. */
function checkTotal(args: {
  draft: Draft
  usage: Usage
  sentInput: number | undefined
  checks: SpanCheck[]
}): void {
  const { draft, usage, sentInput, checks } = args
  if (usage.total === undefined) return
  for (const key of draft.shape.present(totalKeys)) {
    const found = toCount(draft.attributes[key])
    if (found === undefined) continue
    if (found !== usage.total && found !== (sentInput ?? 0) + (usage.output ?? 0)) {
      checks.push({ rule: 'sent-total', field: 'usage.total', expected: usage.total, found, rawKey: key })
    }
    return
  }
  const sent = draft.facts.usage?.sentTotal
  if (sent === undefined || sent === usage.total) return
  const rawKey = draft.facts.usage?.key ?? ''
  checks.push({ rule: 'sent-total', field: 'usage.total', expected: usage.total, found: sent, rawKey })
}

function keyOf(draft: Draft, field: string): string {
  return notedKey(draft, field) ?? ''
}
