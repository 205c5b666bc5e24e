/** Every kind that a span can have; OpenInference's ten, and two of our own. */
export const SpanKindValues = {
  AGENT: 'AGENT',
  LLM: 'LLM',
  TOOL: 'TOOL',
  CHAIN: 'CHAIN',
  RETRIEVER: 'RETRIEVER',
  EMBEDDING: 'EMBEDDING',
  RERANKER: 'RERANKER',
  GUARDRAIL: 'GUARDRAIL',
  EVALUATOR: 'EVALUATOR',
  PROMPT: 'PROMPT',
  APPROVAL: 'APPROVAL',
  TASK: 'TASK',
} as const
export type SpanKindValue = (typeof SpanKindValues)[keyof typeof SpanKindValues]
