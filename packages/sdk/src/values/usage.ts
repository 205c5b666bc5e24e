import {
  ATTR_LLM_TOKEN_COUNT_COMPLETION,
  ATTR_LLM_TOKEN_COUNT_COMPLETION_DETAILS_REASONING,
  ATTR_LLM_TOKEN_COUNT_PROMPT,
  ATTR_LLM_TOKEN_COUNT_PROMPT_DETAILS_CACHE_READ,
  ATTR_LLM_TOKEN_COUNT_PROMPT_DETAILS_CACHE_WRITE,
  ATTR_LLM_TOKEN_COUNT_TOTAL,
} from '@clew/semconv/attributes'
import type { Attributes } from '@opentelemetry/api'

import { readNumber, readRecord } from './read.ts'
import type { ForeignRecord } from './read.ts'
import { setDefined } from './set-defined.ts'

/** Tokens of a call. `input` includes cache reads and writes, `output` includes reasoning. */
export interface TokenUsage {
  input?: number
  output?: number
  total?: number
  cacheRead?: number
  cacheWrite?: number
  reasoning?: number
}

/** Reads a provider's usage object: OpenAI's two shapes, Anthropic's, Gemini's, the AI SDK's and our own. */
export function normaliseUsage(usage: unknown): TokenUsage {
  const record = readRecord(usage)
  if (record === undefined) return {}
  const number = (...names: string[]): number | undefined => firstNumber(record, ...names)
  const inputDetails = detailsOf(
    record,
    'prompt_tokens_details',
    'input_tokens_details',
    'inputTokenDetails',
    'input_token_details',
  )
  const outputDetails = detailsOf(
    record,
    'completion_tokens_details',
    'output_tokens_details',
    'outputTokenDetails',
    'output_token_details',
  )
  const cacheRead =
    firstNumber(inputDetails, 'cached_tokens', 'cacheReadTokens', 'cache_read') ??
    number(
      'cache_read_input_tokens',
      'cacheRead',
      'cachedInputTokens',
      'cacheReadInputTokens',
      'cachedContentTokenCount',
    )
  const cacheWrite =
    firstNumber(inputDetails, 'cache_write_tokens', 'cacheWriteTokens', 'cache_creation') ??
    number('cache_creation_input_tokens', 'cacheWrite', 'cacheWriteInputTokens')
  const reasoning =
    firstNumber(outputDetails, 'reasoning_tokens', 'thinking_tokens', 'reasoningTokens', 'reasoning') ??
    number('reasoning', 'reasoningTokens', 'thoughtsTokenCount')
  const isAnthropic = 'cache_read_input_tokens' in record || 'cache_creation_input_tokens' in record
  const input = number(
    'input',
    'prompt',
    'prompt_tokens',
    'input_tokens',
    'inputTokens',
    'promptTokens',
    'promptTokenCount',
  )
  const output = number(
    'output',
    'completion',
    'completion_tokens',
    'output_tokens',
    'outputTokens',
    'completionTokens',
    'candidatesTokenCount',
  )
  const fullInput = input !== undefined && isAnthropic ? input + (cacheRead ?? 0) + (cacheWrite ?? 0) : input
  const fullOutput =
    output !== undefined && 'candidatesTokenCount' in record ? output + (reasoning ?? 0) : output
  const total = number('total', 'total_tokens', 'totalTokens', 'totalTokenCount')
  return compact({ input: fullInput, output: fullOutput, total, cacheRead, cacheWrite, reasoning })
}

type Counts = { [Name in keyof TokenUsage]: number | undefined }

function compact(counts: Counts): TokenUsage {
  const tokens: TokenUsage = {}
  for (const name of ['input', 'output', 'total', 'cacheRead', 'cacheWrite', 'reasoning'] as const) {
    const value = counts[name]
    if (value !== undefined) tokens[name] = value
  }
  return tokens
}

function firstNumber(record: ForeignRecord, ...names: string[]): number | undefined {
  for (const name of names) {
    const value = readNumber(record[name])
    if (value !== undefined) return value
  }
  return undefined
}

function detailsOf(record: ForeignRecord, ...names: string[]): ForeignRecord {
  for (const name of names) {
    const details = readRecord(record[name])
    if (details !== undefined) return details
  }
  return {}
}

/** Tokens as attributes; a total that is missing follows from its parts. */
export function toTokenAttributes(usage: TokenUsage): Attributes {
  return addTokens({}, usage)
}

/** Adds tokens to attributes; see `toTokenAttributes`. */
export function addTokens(attributes: Attributes, usage: TokenUsage): Attributes {
  const { input, output } = usage
  const total = usage.total ?? (input === undefined || output === undefined ? undefined : input + output)
  setDefined(attributes, ATTR_LLM_TOKEN_COUNT_PROMPT, input)
  setDefined(attributes, ATTR_LLM_TOKEN_COUNT_COMPLETION, output)
  setDefined(attributes, ATTR_LLM_TOKEN_COUNT_TOTAL, total)
  setDefined(attributes, ATTR_LLM_TOKEN_COUNT_PROMPT_DETAILS_CACHE_READ, usage.cacheRead)
  setDefined(attributes, ATTR_LLM_TOKEN_COUNT_PROMPT_DETAILS_CACHE_WRITE, usage.cacheWrite)
  setDefined(attributes, ATTR_LLM_TOKEN_COUNT_COMPLETION_DETAILS_REASONING, usage.reasoning)
  return attributes
}
