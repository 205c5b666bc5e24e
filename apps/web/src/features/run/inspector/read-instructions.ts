import type { JsonValue, Message, WireSpan } from '@clew/semconv/span'

const keys = ['gen_ai.system_instructions', 'system_prompt']

/**
 * What the system was told, where the emitter keeps it apart from the messages; undefined where the messages
 * hold it already.
 */
export function readInstructions(span: WireSpan): Message | undefined {
  if (span.inputMessages?.some((message) => message.role === 'system' || message.role === 'developer'))
    return undefined
  for (const key of keys) {
    const content = textOf(parse(span.attributes[key]))
    if (content !== '') return { role: 'system', content }
  }
  return undefined
}

function parse(value: JsonValue | undefined): JsonValue | undefined {
  if (typeof value !== 'string' || !/^\s*["[{]/.test(value)) return value
  try {
    const parsed: JsonValue = JSON.parse(value)
    return parsed
  } catch {
    return value
  }
}

/** A text, or parts with a text each, in whatever field their emitter puts it. */
function textOf(value: JsonValue | undefined): string {
  if (typeof value === 'string') return value
  if (Array.isArray(value))
    return value
      .map(textOf)
      .filter((text) => text !== '')
      .join('\n')
  if (typeof value !== 'object' || value === null) return ''
  return textOf(value['content'] ?? value['text'] ?? value['parts'])
}
