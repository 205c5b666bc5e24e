import type { JsonValue, RetrievedDocument } from '../../span/canonical.ts'
import { asText, isRecord, textOf } from '../value.ts'

/** Documents as retrievers of any framework return them; undefined where there are none. */
export function readDocuments(json: JsonValue | undefined): RetrievedDocument[] | undefined {
  if (!Array.isArray(json)) return undefined
  const documents = json.flatMap((item) => readDocument(item) ?? [])
  return documents.length === 0 ? undefined : documents
}

function readDocument(item: JsonValue): RetrievedDocument | undefined {
  if (!isRecord(item)) return undefined
  const id = asText(item['id'])
  const content = textOf(item['content'] ?? item['text'] ?? item['page_content'] ?? item['pageContent'])
  const { score, metadata } = item
  const meta = textOf(metadata)
  return {
    ...(id === undefined ? {} : { id }),
    ...(content === undefined ? {} : { content }),
    ...(typeof score === 'number' ? { score } : {}),
    ...(meta === undefined ? {} : { metadata: meta }),
  }
}
