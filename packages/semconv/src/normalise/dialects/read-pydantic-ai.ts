import type { DecodedSpan } from '../../span/decoded.ts'
import { type DialectFacts, jsonAttribute } from '../draft.ts'
import { parseMessages } from '../messages/parse-messages.ts'
import { toText } from '../value.ts'

/** Pydantic AI: all messages of an agent in one list, tool I/O under names of its own. */
export function readPydanticAi(span: DecodedSpan): DialectFacts {
  const { attributes } = span
  const facts: DialectFacts = {}
  for (const key of ['pydantic_ai.all_messages', 'all_messages_events']) {
    const messages = parseMessages(jsonAttribute(attributes, key))
    if (messages !== undefined) facts.inputMessages ??= { value: messages, key, rule: 'json' }
  }
  const output = toText(attributes['final_result'])
  if (output !== undefined) facts.output = { value: output, key: 'final_result' }
  const given = toText(attributes['tool_arguments'])
  const result = toText(attributes['tool_response'])
  if (given !== undefined || result !== undefined) {
    facts.tool = {
      value: {
        ...(given === undefined ? {} : { arguments: given }),
        ...(result === undefined ? {} : { result }),
      },
      key: 'tool_arguments',
      keys: { result: 'tool_response' },
    }
  }
  return facts
}
