import type { SpanKind } from '@clew/semconv/span'
import { Icon } from './icon.tsx'
import type { IconName } from './icon.tsx'

type Hue = 'agent' | 'llm' | 'tool' | 'retriever' | 'guardrail' | 'approval' | 'chain'

const kinds: Record<SpanKind, { icon: IconName; hue: Hue; label: string }> = {
  AGENT: { icon: 'agent', hue: 'agent', label: 'Agent' },
  LLM: { icon: 'llm', hue: 'llm', label: 'Model call' },
  TOOL: { icon: 'tool', hue: 'tool', label: 'Tool' },
  CHAIN: { icon: 'chain', hue: 'chain', label: 'Chain' },
  RETRIEVER: { icon: 'retriever', hue: 'retriever', label: 'Retrieval' },
  EMBEDDING: { icon: 'embedding', hue: 'retriever', label: 'Embedding' },
  RERANKER: { icon: 'reranker', hue: 'retriever', label: 'Reranker' },
  GUARDRAIL: { icon: 'guardrail', hue: 'guardrail', label: 'Guardrail' },
  EVALUATOR: { icon: 'evaluator', hue: 'guardrail', label: 'Evaluator' },
  PROMPT: { icon: 'prompt', hue: 'chain', label: 'Prompt' },
  APPROVAL: { icon: 'approval', hue: 'approval', label: 'Approval' },
  TASK: { icon: 'task', hue: 'agent', label: 'Task' },
  EVENT: { icon: 'chain', hue: 'chain', label: 'Event' },
  UNKNOWN: { icon: 'chain', hue: 'chain', label: 'Step' },
}

/** The class that sets `--kc`, `--kb` and `--kt` (text, bar, tint) of a kind. */
export function kindClass(kind: SpanKind): string {
  return `k-${kinds[kind].hue}`
}

/** What a person calls the kind. */
export function kindLabel(kind: SpanKind): string {
  return kinds[kind].label
}

/** A span's kind as its icon in its quiet hue. */
export function KindIcon({
  kind,
  size = 14,
  labelled = true,
}: {
  kind: SpanKind
  size?: number
  labelled?: boolean
}) {
  const { icon, hue, label } = kinds[kind]
  return <Icon name={icon} size={size} className={`kind k-${hue}`} label={labelled ? label : undefined} />
}
