import type { RetrievedDocument } from '../../span/canonical.ts'
import { type Draft, jsonAttribute, move, note } from '../draft.ts'
import { type FlatPrefix, splitIndex } from '../flat-groups.ts'
import { toNumber, toText } from '../value.ts'
import { readDocuments } from './read-documents.ts'

const prefixes: readonly FlatPrefix[] = [
  'retrieval.documents.',
  'reranker.output_documents.',
  'reranker.input_documents.',
]

/** Sets the documents that were retrieved, or ranked, in their order. */
export function fillDocuments(draft: Draft): void {
  for (const prefix of prefixes) {
    const keys = draft.shape.flat.get(prefix)
    if (keys === undefined) continue
    const documents = readFlat(draft, prefix, keys)
    if (documents.length === 0) continue
    draft.out.documents = documents
    note(draft, 'documents', { key: prefix.slice(0, -1), rule: 'flat' })
    return
  }
  const key = 'gen_ai.retrieval.documents'
  const json = draft.attributes[key] === undefined ? undefined : jsonAttribute(draft.attributes, key)
  const documents = readDocuments(json)
  const fact = documents === undefined ? draft.facts.documents : { value: documents, key, rule: 'json' }
  if (fact === undefined) return
  draft.out.documents = fact.value
  note(draft, 'documents', fact)
}

function readFlat(draft: Draft, prefix: FlatPrefix, keys: readonly string[]): RetrievedDocument[] {
  const byIndex = new Map<number, RetrievedDocument>()
  const moved: string[] = []
  for (const key of keys) {
    const at = splitIndex(key, prefix.length)
    if (at === undefined || !at.rest.startsWith('document.')) continue
    const document = byIndex.get(at.index) ?? {}
    byIndex.set(at.index, document)
    if (readField(document, at.rest.slice(9), draft.attributes[key])) moved.push(key)
  }
  // With a hole in the numbering the keys couldn't be written again from the list.
  if (byIndex.has(byIndex.size - 1)) for (const key of moved) move(draft, key)
  return [...byIndex.entries()].toSorted(([a], [b]) => a - b).map(([, document]) => document)
}

function readField(
  document: RetrievedDocument,
  field: string,
  value: Draft['attributes'][string] | undefined,
): boolean {
  if (field === 'score') {
    const score = toNumber(value)
    if (score !== undefined) document.score = score
    return typeof value === 'number'
  }
  const text = toText(value)
  if (text === undefined || (field !== 'id' && field !== 'content' && field !== 'metadata')) return false
  document[field] = text
  return typeof value === 'string'
}
