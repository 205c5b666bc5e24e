import type { JsonValue } from '../../span/canonical.ts'
import type { DecodedEvent, DecodedSpan } from '../../span/decoded.ts'
import { type DialectFacts, jsonAttribute } from '../draft.ts'
import { asRecord, asText, textOf, toText } from '../value.ts'

/** Strands: what was said and why it stopped stand in span events of either GenAI generation. */
export function readStrands(span: DecodedSpan): DialectFacts {
  const facts: DialectFacts = {}
  if (span.attributes['gen_ai.operation.name'] === 'execute_tool') readTool(span, facts)
  for (const event of span.events) {
    const finish = toText(event.attributes['finish_reason']) ?? finishInMessages(event)
    if (finish !== undefined) facts.finishReason = { value: finish, key: event.name, rule: 'event' }
  }
  return facts
}

function readTool(span: DecodedSpan, facts: DialectFacts): void {
  const given = findInEvents(span, { event: 'gen_ai.tool.message', key: 'content', part: 'tool_call' })
  const result = findInEvents(span, { event: 'gen_ai.choice', key: 'message', part: 'tool_call_response' })
  if (given === undefined && result === undefined) return
  facts.tool = {
    value: {
      ...(given === undefined ? {} : { arguments: given.text }),
      ...(result === undefined ? {} : { result: result.text }),
    },
    key: given?.key ?? 'gen_ai.tool.message',
    ...(result === undefined ? {} : { keys: { result: result.key } }),
    rule: 'event',
  }
}

function findInEvents(
  span: DecodedSpan,
  wanted: { event: string; key: string; part: string },
): { text: string; key: string } | undefined {
  for (const event of span.events) {
    const text =
      event.name === wanted.event ? toText(event.attributes[wanted.key]) : partText(event, wanted.part)
    if (text !== undefined) return { text, key: event.name }
  }
  return undefined
}

function partText(event: DecodedEvent, type: string): string | undefined {
  const part = partsOf(event)
    .map(asRecord)
    .find((record) => record?.['type'] === type)
  return part === undefined ? undefined : textOf(part['arguments'] ?? part['response'])
}

function partsOf(event: DecodedEvent): JsonValue[] {
  return messagesOf(event).flatMap((message) => {
    const parts = asRecord(message)?.['parts']
    return Array.isArray(parts) ? parts : []
  })
}

function finishInMessages(event: DecodedEvent): string | undefined {
  for (const message of messagesOf(event)) {
    const finish = asText(asRecord(message)?.['finish_reason'])
    if (finish !== undefined) return finish
  }
  return undefined
}

function messagesOf(event: DecodedEvent): JsonValue[] {
  for (const key of ['gen_ai.input.messages', 'gen_ai.output.messages']) {
    const json = event.attributes[key] === undefined ? undefined : jsonAttribute(event.attributes, key)
    if (Array.isArray(json)) return json
  }
  return []
}
