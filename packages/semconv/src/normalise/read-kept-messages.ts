import type { JsonValue, Message } from '../span/canonical.ts'
import { parseMessages } from './messages/parse-messages.ts'
import { parseJson } from './value.ts'

interface KeptMessages {
  inputMessages?: Message[]
  outputMessages?: Message[]
}

/** As much of a stored span as its messages may be read from. */
interface StoredSpan extends KeptMessages {
  attributes: { readonly [key: string]: JsonValue | undefined }
  input?: string
  output?: string
  sources?: { readonly [field: string]: string }
}

/**
 * The messages that `toStored` left in the attribute that they came in, read by the key that `sources` names.
 * Only those that the span doesn't have yet, and whose attribute is still there.
 */
export function readKeptMessages(span: StoredSpan): KeptMessages {
  const kept: KeptMessages = {}
  for (const field of ['inputMessages', 'outputMessages'] as const) {
    const source = span.sources?.[field]
    if (span[field] !== undefined || source === undefined) continue
    const text = textAt(span, source.slice(0, source.lastIndexOf('#')))
    const messages = text === undefined ? undefined : parseMessages(parseJson(text))
    if (messages !== undefined) kept[field] = messages
  }
  return kept
}

/** A key whose value became the input or output as it stands is not stored a second time. */
function textAt(span: StoredSpan, key: string): string | undefined {
  const value = span.attributes[key]
  if (typeof value === 'string') return value
  if (span.sources?.['input'] === `${key}#direct`) return span.input
  return span.sources?.['output'] === `${key}#direct` ? span.output : undefined
}
