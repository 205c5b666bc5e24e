import type { CanonicalSpan, Message } from '../span/canonical.ts'
import type { AttributeValue } from '../span/decoded.ts'

/**
 * The attributes of a canonical span as they came in, for export: those that were kept, and those whose
 * value moved into a content field, written again by what `sources` says. Redactions stay redacted.
 */
export function restoreAttributes(span: CanonicalSpan): { [key: string]: AttributeValue } {
  const restored: { [key: string]: AttributeValue } = Object.assign(Object.create(null), span.attributes)
  const { sources } = span
  if (sources === undefined) return restored
  for (const [field, read] of textFields) {
    const source = splitSource(sources[field])
    const value = read(span)
    if (source === undefined || value === undefined || restored[source.key] !== undefined) continue
    if (source.rule === 'direct') restored[source.key] = value
    else if (source.rule === 'unquoted') restored[source.key] = JSON.stringify(value)
  }
  restoreMessages(restored, sources['inputMessages'], span.inputMessages)
  restoreMessages(restored, sources['outputMessages'], span.outputMessages)
  restoreDocuments(restored, span)
  return restored
}

const textFields: readonly (readonly [string, (span: CanonicalSpan) => string | undefined])[] = [
  ['input', (span) => span.input],
  ['output', (span) => span.output],
  ['invocationParameters', (span) => span.invocationParameters],
  ['tool.arguments', (span) => span.tool?.arguments],
  ['tool.result', (span) => span.tool?.result],
  ['stateDelta', (span) => span.stateDelta],
]

function splitSource(source: string | undefined): { key: string; rule: string } | undefined {
  if (source === undefined) return undefined
  const at = source.lastIndexOf('#')
  return { key: source.slice(0, at), rule: source.slice(at + 1) }
}

type Restored = { [key: string]: AttributeValue }

function restoreMessages(
  restored: Restored,
  source: string | undefined,
  messages: Message[] | undefined,
): void {
  const from = splitSource(source)
  if (from?.rule !== 'flat' || messages === undefined) return
  messages.forEach((message, index) => {
    const prefix = `${from.key}.${index}.message`
    put(restored, `${prefix}.role`, message.role)
    put(restored, `${prefix}.content`, message.content)
    put(restored, `${prefix}.name`, message.name)
    put(restored, `${prefix}.reasoning`, message.reasoning)
    put(restored, `${prefix}.tool_call_id`, message.toolCallId)
    message.toolCalls?.forEach((call, place) => {
      const callPrefix = `${prefix}.tool_calls.${place}.tool_call`
      put(restored, `${callPrefix}.id`, call.id)
      put(restored, `${callPrefix}.function.name`, call.name)
      const given = call.arguments
      put(
        restored,
        `${callPrefix}.function.arguments`,
        given === undefined || typeof given === 'string' ? given : JSON.stringify(given),
      )
    })
  })
}

function restoreDocuments(restored: Restored, span: CanonicalSpan): void {
  const from = splitSource(span.sources?.['documents'])
  if (from?.rule !== 'flat') return
  span.documents?.forEach((document, index) => {
    const prefix = `${from.key}.${index}.document`
    put(restored, `${prefix}.id`, document.id)
    put(restored, `${prefix}.content`, document.content)
    put(restored, `${prefix}.score`, document.score)
    put(restored, `${prefix}.metadata`, document.metadata)
  })
}

function put(restored: Restored, key: string, value: AttributeValue | undefined): void {
  if (value !== undefined) restored[key] ??= value
}
