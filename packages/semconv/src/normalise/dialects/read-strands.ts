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
      ...(given === undefined ? {} : { arguments: given }),
      ...(result === undefined ? {} : { result }),
    },
    key: 'gen_ai.tool.message',
    rule: 'event',
  }
}

function findInEvents(
  span: DecodedSpan,
  wanted: { event: string; key: string; part: string },
): string | undefined {
  for (const event of span.events) {
    if (event.name === wanted.event) return toText(event.attributes[wanted.key])
    for (const part of partsOf(event)) {
      const record = asRecord(part)
      if (record?.['type'] === wanted.part) return textOf(record['arguments'] ?? record['response'])
    }
  }
  return undefined
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
