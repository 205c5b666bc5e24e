import type { PrivacyClass } from './attribute-definition.ts'
import { listAttributes } from './attribute-registry.ts'

/** Senders that put ids into their keys would otherwise fill the memory with verdicts. */
const rememberedMax = 5000

/** A function that tells an attribute's privacy class; build it once, it remembers its verdicts. */
export function createPrivacyClassifier(): (name: string) => PrivacyClass {
  const known = new Map(listAttributes().map((definition) => [definition.name, definition.privacy]))
  return (name) => {
    const remembered = known.get(name)
    if (remembered !== undefined) return remembered
    const verdict = classOfUnknown(name)
    if (known.size < rememberedMax) known.set(name, verdict)
    return verdict
  }
}

/** Keys that carry content in dialects whose every key we don't list; matched at a dot or at the start. */
const contentPrefixes = [
  'llm.input_messages.',
  'llm.output_messages.',
  'llm.tools.',
  'llm.choices.',
  'llm.prompts.',
  'retrieval.documents.',
  'reranker.input_documents.',
  'reranker.output_documents.',
  'embedding.embeddings.',
  'gen_ai.prompt',
  'gen_ai.completion',
  'ai.response.',
  'ai.prompt.',
  'ai.telemetry.metadata.',
  'lk.pii.',
  'lk.chat_ctx',
  'lk.user_transcript',
  'lk.response.function_calls',
  'metadata.',
]
const contentWords =
  /(?:^|[._:])(?:input|output|prompt|completion|messages?|content|text|arguments|args|result|query)$/

function classOfUnknown(name: string): PrivacyClass {
  if (contentPrefixes.some((prefix) => name.startsWith(prefix))) return 'content'
  if (contentWords.test(name)) return 'content'
  return /(?:^|[._])(?:id|Id|email|user|ip)$/.test(name) ? 'identifier' : 'metadata'
}
