import { type SpanKind, spanKinds } from '../../span/canonical.ts'
import { keyList } from '../key-list.ts'
import { type Draft, note } from '../draft.ts'
import { toText } from '../value.ts'

/** Vendors' own words for kinds, lower-cased; each wins over the standard names, which vendors misuse. */
const vendorKinds = new Map<string, ReadonlyMap<string, SpanKind>>([
  ['clew.span.kind', toMap(spanKinds.map((kind) => [kind.toLowerCase(), kind]))],
  [
    'langfuse.observation.type',
    toMap([
      ['span', 'CHAIN'],
      ['generation', 'LLM'],
      ['event', 'EVENT'],
      ['agent', 'AGENT'],
      ['tool', 'TOOL'],
      ['chain', 'CHAIN'],
      ['retriever', 'RETRIEVER'],
      ['embedding', 'EMBEDDING'],
      ['evaluator', 'EVALUATOR'],
      ['guardrail', 'GUARDRAIL'],
    ]),
  ],
  [
    'langsmith.span.kind',
    toMap([
      ['llm', 'LLM'],
      ['chain', 'CHAIN'],
      ['tool', 'TOOL'],
      ['retriever', 'RETRIEVER'],
      ['embedding', 'EMBEDDING'],
      ['prompt', 'PROMPT'],
      ['parser', 'CHAIN'],
    ]),
  ],
  [
    'mastra.span.type',
    toMap([
      ['agent_run', 'AGENT'],
      ['model_inference', 'LLM'],
      ['tool_call', 'TOOL'],
      ['mcp_tool_call', 'TOOL'],
      ['provider_tool_call', 'TOOL'],
      ['rag_embedding', 'EMBEDDING'],
      ['*', 'CHAIN'],
    ]),
  ],
  [
    'lmnr.span.type',
    toMap([
      ['llm', 'LLM'],
      ['tool', 'TOOL'],
      ['evaluator', 'EVALUATOR'],
      ['human_evaluator', 'EVALUATOR'],
      ['*', 'CHAIN'],
    ]),
  ],
  [
    'traceloop.span.kind',
    toMap([
      ['workflow', 'CHAIN'],
      ['task', 'CHAIN'],
      ['agent', 'AGENT'],
      ['tool', 'TOOL'],
    ]),
  ],
])
const vendorKeys = keyList(...vendorKinds.keys())

const operations = toMap([
  ['chat', 'LLM'],
  ['text_completion', 'LLM'],
  ['generate_content', 'LLM'],
  ['completion', 'LLM'],
  // Microsoft Agent 365 writes its operations in one word.
  ['textcompletion', 'LLM'],
  ['generatecontent', 'LLM'],
  ['output_messages', 'CHAIN'],
  ['embeddings', 'EMBEDDING'],
  ['embedding', 'EMBEDDING'],
  ['retrieval', 'RETRIEVER'],
  ['rerank', 'RERANKER'],
  ['invoke_agent', 'AGENT'],
  ['execute_tool', 'TOOL'],
  ['create_agent', 'CHAIN'],
  ['invoke_workflow', 'CHAIN'],
  ['agent_step', 'CHAIN'],
  ['plan', 'CHAIN'],
])

const aiSdkOperations = toMap([
  ['ai.generateText', 'AGENT'],
  ['ai.streamText', 'AGENT'],
  ['ai.generateObject', 'AGENT'],
  ['ai.streamObject', 'AGENT'],
  ['ai.toolCall', 'TOOL'],
  ['ai.embed', 'CHAIN'],
  ['ai.embedMany', 'CHAIN'],
  ['ai.rerank', 'CHAIN'],
])

const aiSdkSuffixes: readonly (readonly [string, SpanKind])[] = [
  ['.doGenerate', 'LLM'],
  ['.doStream', 'LLM'],
  ['.doEmbed', 'EMBEDDING'],
  ['.doRerank', 'RERANKER'],
]

/** Sets what the span stands for, by the precedence of vendor, operation, AI SDK, OpenInference, hints. */
export function fillKind(draft: Draft): void {
  const found = vendorKind(draft) ?? standardKind(draft) ?? hintedKind(draft)
  if (found === undefined) return
  draft.out.kind = found.kind
  note(draft, 'kind', { key: found.key, rule: found.rule })
}

interface FoundKind {
  kind: SpanKind
  key: string
  rule: string
}

function vendorKind(draft: Draft): FoundKind | undefined {
  const fact = draft.facts.kind
  if (fact !== undefined) return { kind: fact.value, key: fact.key, rule: fact.rule ?? draft.dialect }
  for (const key of draft.shape.present(vendorKeys)) {
    const kinds = vendorKinds.get(key)
    const word = toText(draft.attributes[key])?.toLowerCase()
    const kind = word === undefined ? undefined : (kinds?.get(word) ?? kinds?.get('*'))
    if (kind !== undefined) return { kind, key, rule: 'vendor' }
  }
  return undefined
}

function standardKind({ attributes }: Draft): FoundKind | undefined {
  const operation = toText(attributes['gen_ai.operation.name'])?.toLowerCase()
  const byOperation = operation === undefined ? undefined : operations.get(operation)
  if (byOperation !== undefined) return { kind: byOperation, key: 'gen_ai.operation.name', rule: 'operation' }
  const byAiSdk = aiSdkKind(toText(attributes['ai.operationId']))
  if (byAiSdk !== undefined) return { kind: byAiSdk, key: 'ai.operationId', rule: 'operation' }
  const openInference = toText(attributes['openinference.span.kind'])?.toUpperCase()
  const kind = spanKinds.find((known) => known === openInference)
  if (kind !== undefined) return { kind, key: 'openinference.span.kind', rule: 'direct' }
  const mlflow = toText(attributes['mlflow.spanType'])
  return mlflow === undefined ? undefined : mlflowKind(mlflow)
}

function aiSdkKind(operationId: string | undefined): SpanKind | undefined {
  if (operationId === undefined) return undefined
  const word = operationId.split(' ', 1)[0] ?? operationId
  const known = aiSdkOperations.get(word)
  if (known !== undefined) return known
  return aiSdkSuffixes.find(([suffix]) => word.endsWith(suffix))?.[1]
}

function mlflowKind(quoted: string): FoundKind | undefined {
  const word = quoted.replaceAll('"', '').toUpperCase()
  const kind = spanKinds.find((known) => known === word) ?? (word === 'CHAT_MODEL' ? 'LLM' : undefined)
  return kind === undefined ? undefined : { kind, key: 'mlflow.spanType', rule: 'vendor' }
}

function hintedKind(draft: Draft): FoundKind | undefined {
  const { attributes } = draft
  for (const [key, kind] of hints) if (attributes[key] !== undefined) return { kind, key, rule: 'hint' }
  if (attributes['mcp.method.name'] !== undefined) {
    const isCall = attributes['mcp.method.name'] === 'tools/call'
    return { kind: isCall ? 'TOOL' : 'CHAIN', key: 'mcp.method.name', rule: 'hint' }
  }
  const { model, usage } = draft.out
  if (model !== undefined && usage?.output !== undefined)
    return { kind: 'LLM', key: 'model', rule: 'model-and-tokens' }
  return draft.dialect === 'otel' ? undefined : { kind: 'CHAIN', key: 'scope', rule: draft.dialect }
}

const hints: readonly (readonly [string, SpanKind])[] = [
  ['gen_ai.tool.name', 'TOOL'],
  ['gen_ai.tool.call.id', 'TOOL'],
  ['lk.function_tool.name', 'TOOL'],
  ['llm.request.type', 'LLM'],
]

function toMap(entries: readonly (readonly [string, SpanKind])[]): ReadonlyMap<string, SpanKind> {
  return new Map(entries)
}
