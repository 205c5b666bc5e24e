import type { Usage } from '../../span/canonical.ts'
import { type JsonRecord, asCount, asRecord } from '../value.ts'

/**
 * Usage as the providers' APIs report it, in the canonical basis. OpenAI's input includes the cache,
 * Anthropic's leaves it out.
 */
export function toProviderUsage(raw: JsonRecord): Usage | undefined {
  const input = asCount(raw['input_tokens']) ?? asCount(raw['prompt_tokens'])
  const output = asCount(raw['output_tokens']) ?? asCount(raw['completion_tokens'])
  const inputDetails = asRecord(raw['input_tokens_details']) ?? asRecord(raw['prompt_tokens_details'])
  const outputDetails = asRecord(raw['output_tokens_details']) ?? asRecord(raw['completion_tokens_details'])
  const outside = asCount(raw['cache_read_input_tokens'])
  const cacheWrite = asCount(raw['cache_creation_input_tokens'])
  const cacheRead = outside ?? asCount(inputDetails?.['cached_tokens'])
  const reasoning = asCount(outputDetails?.['reasoning_tokens'])
  const inclusive = input === undefined ? undefined : input + (outside ?? 0) + (cacheWrite ?? 0)
  return usageOf({ input: inclusive, output, cacheRead, cacheWrite, reasoning })
}

/** Usage as Gemini reports it: thoughts stand beside the candidates. */
export function toGeminiUsage(raw: JsonRecord): Usage | undefined {
  const candidates = asCount(raw['candidatesTokenCount'])
  const thoughts = asCount(raw['thoughtsTokenCount'])
  const output =
    candidates === undefined && thoughts === undefined ? undefined : (candidates ?? 0) + (thoughts ?? 0)
  return usageOf({
    input: asCount(raw['promptTokenCount']),
    output,
    cacheRead: asCount(raw['cachedContentTokenCount']),
    cacheWrite: undefined,
    reasoning: thoughts,
  })
}

/** Usage of the counters that are known; undefined without any. */
export function usageOf(counters: {
  input: number | undefined
  output: number | undefined
  cacheRead: number | undefined
  cacheWrite: number | undefined
  reasoning: number | undefined
}): Usage | undefined {
  const usage: Usage = {}
  if (counters.input !== undefined) usage.input = counters.input
  if (counters.output !== undefined) usage.output = counters.output
  if (counters.cacheRead !== undefined) usage.cacheRead = counters.cacheRead
  if (counters.cacheWrite !== undefined) usage.cacheWrite = counters.cacheWrite
  if (counters.reasoning !== undefined) usage.reasoning = counters.reasoning
  return Object.keys(usage).length === 0 ? undefined : usage
}
