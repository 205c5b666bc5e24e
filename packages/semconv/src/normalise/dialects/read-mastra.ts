import type { DecodedSpan } from '../../span/decoded.ts'
import { type DialectFacts, jsonAttribute } from '../draft.ts'
import { parseMessages } from '../messages/parse-messages.ts'
import { toText } from '../value.ts'

/** Mastra: `mastra.<type>.input` and `.output` beside GenAI names. */
export function readMastra(span: DecodedSpan): DialectFacts {
  const { attributes } = span
  const facts: DialectFacts = {}
  const type = toText(attributes['mastra.span.type'])
  if (type === undefined) return facts
  const inputKey = `mastra.${type}.input`
  const outputKey = `mastra.${type}.output`
  const input = toText(attributes[inputKey])
  if (input !== undefined) facts.input = { value: input, key: inputKey }
  const output = toText(attributes[outputKey])
  if (output !== undefined) facts.output = { value: output, key: outputKey }
  const messages = parseMessages(jsonAttribute(attributes, inputKey))
  if (messages !== undefined) facts.inputMessages = { value: messages, key: inputKey, rule: 'json' }
  const reasons = attributes['gen_ai.response.finish_reasons']
  if (reasons === '["error"]')
    facts.failed = { value: true, key: 'gen_ai.response.finish_reasons', rule: 'failure' }
  return facts
}
