/** Prefixes under which dialects spread lists over flat keys. */
export const flatPrefixes = [
  'llm.input_messages.',
  'llm.output_messages.',
  'retrieval.documents.',
  'reranker.input_documents.',
  'reranker.output_documents.',
  'gen_ai.prompt.',
  'gen_ai.completion.',
] as const
export type FlatPrefix = (typeof flatPrefixes)[number]

/** The keys of each flat group, in the order of arrival. */
export type FlatGroups = Map<FlatPrefix, string[]>

/** Sorts the flat keys into their groups in one pass over all keys. */
export function toFlatGroups(all: readonly string[]): FlatGroups {
  const groups: FlatGroups = new Map()
  for (const key of all) {
    const prefix = prefixOf(key)
    if (prefix === undefined) continue
    const keys = groups.get(prefix)
    if (keys === undefined) groups.set(prefix, [key])
    else keys.push(key)
  }
  return groups
}

/** The first letter decides which prefixes are worth comparing. */
function prefixOf(key: string): FlatPrefix | undefined {
  switch (key.charCodeAt(0)) {
    case 108:
      if (key.startsWith('llm.input_messages.')) return 'llm.input_messages.'
      return key.startsWith('llm.output_messages.') ? 'llm.output_messages.' : undefined
    case 114:
      if (key.startsWith('retrieval.documents.')) return 'retrieval.documents.'
      if (key.startsWith('reranker.input_documents.')) return 'reranker.input_documents.'
      return key.startsWith('reranker.output_documents.') ? 'reranker.output_documents.' : undefined
    case 103:
      if (key.startsWith('gen_ai.prompt.')) return 'gen_ai.prompt.'
      return key.startsWith('gen_ai.completion.') ? 'gen_ai.completion.' : undefined
    default:
      return undefined
  }
}

/** `3.message.role` to 3 and `message.role`; undefined where no index leads. */
export function splitIndex(key: string, from: number): { index: number; rest: string } | undefined {
  const dot = key.indexOf('.', from)
  const end = dot === -1 ? key.length : dot
  const index = Number(key.slice(from, end))
  if (end === from || !Number.isInteger(index) || index < 0) return undefined
  return { index, rest: dot === -1 ? '' : key.slice(dot + 1) }
}
