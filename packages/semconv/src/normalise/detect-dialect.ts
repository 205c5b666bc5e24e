import type { DecodedSpan } from '../span/decoded.ts'
import type { AttributeShape } from './attribute-shape.ts'
import { keyList } from './key-list.ts'

/** Who speaks: decided by attributes where they are telling, by the scope else. */
export type Dialect =
  | 'clew'
  | 'inference'
  | 'openinference'
  | 'openinference-vercel'
  | 'gen-ai'
  | 'ai-sdk'
  | 'anthropic-sdk'
  | 'langfuse'
  | 'langsmith'
  | 'openllmetry'
  | 'laminar'
  | 'mastra'
  | 'adk'
  | 'claude-code'
  | 'voltagent'
  | 'genkit'
  | 'logfire'
  | 'livekit'
  | 'strands'
  | 'agent365'
  | 'pydantic-ai'
  | 'mlflow'
  | 'otel'

/** A telling attribute and its dialect, first match wins. */
const telling = new Map<string, Dialect>([
  ['langfuse.observation.type', 'langfuse'],
  ['langsmith.span.kind', 'langsmith'],
  ['mastra.span.type', 'mastra'],
  ['lmnr.span.type', 'laminar'],
  ['traceloop.span.kind', 'openllmetry'],
  ['genkit:type', 'genkit'],
  ['genkit:name', 'genkit'],
  ['logfire.msg', 'logfire'],
  ['logfire.span_type', 'logfire'],
  ['mlflow.spanType', 'mlflow'],
])
const tellingKeys = keyList(...telling.keys())

const scopes: readonly (readonly [string, Dialect])[] = [
  ['com.anthropic.claude_code', 'claude-code'],
  ['com.anthropic.sdk', 'anthropic-sdk'],
  ['gcp.vertex.agent', 'adk'],
  ['@voltagent/', 'voltagent'],
  ['langfuse', 'langfuse'],
  ['langsmith', 'langsmith'],
  ['lmnr', 'laminar'],
  ['@traceloop/', 'openllmetry'],
  ['opentelemetry.instrumentation.', 'openllmetry'],
  ['mastra', 'mastra'],
  ['@mastra/', 'mastra'],
  ['genkit', 'genkit'],
  ['logfire', 'logfire'],
  ['livekit', 'livekit'],
  ['strands', 'strands'],
  ['Agent365', 'agent365'],
]

/** The dialect of a span. Scopes alone mislead: some carry the spans of other libraries. */
export function detectDialect(span: DecodedSpan, shape: AttributeShape): Dialect {
  const { attributes } = span
  if (span.scope.name.startsWith('pydantic-ai')) return 'pydantic-ai'
  const [key] = shape.present(tellingKeys)
  const told = key === undefined ? undefined : telling.get(key)
  if (told !== undefined) return told
  const scope = span.scope.name
  for (const [prefix, dialect] of scopes) if (scope.startsWith(prefix)) return dialect
  const isOpenInference = attributes['openinference.span.kind'] !== undefined
  const isGenAi = attributes['gen_ai.operation.name'] !== undefined
  if (attributes['ai.operationId'] !== undefined) return isOpenInference ? 'openinference-vercel' : 'ai-sdk'
  if (isOpenInference && isGenAi) return 'openinference-vercel'
  if (scope.startsWith('@clew/')) return 'clew'
  if (scope.startsWith('@inference/')) return 'inference'
  if (isOpenInference) return 'openinference'
  if (isGenAi || scope === 'gen_ai') return 'gen-ai'
  return scope.startsWith('@arizeai/openinference') ? 'openinference' : 'otel'
}
