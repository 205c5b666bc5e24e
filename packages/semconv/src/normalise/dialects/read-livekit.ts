import type { DecodedSpan } from '../../span/decoded.ts'
import { type DialectFacts, jsonAttribute } from '../draft.ts'
import { parseMessages } from '../messages/parse-messages.ts'
import { toText } from '../value.ts'

/** LiveKit agents: GenAI messages, and mirrors of them under `lk.pii.`, `lk.` in older versions. */
export function readLivekit(span: DecodedSpan): DialectFacts {
  const { attributes } = span
  const facts: DialectFacts = {}
  if (span.name === 'llm_request') {
    facts.kind = { value: 'LLM', key: 'name', rule: 'livekit' }
  } else if (span.name === 'llm_node') facts.kind = { value: 'CHAIN', key: 'name', rule: 'livekit' }
  for (const prefix of ['lk.pii.', 'lk.']) {
    const input = toText(attributes[`${prefix}user_input`])
    if (input !== undefined) facts.input ??= { value: input, key: `${prefix}user_input` }
    const output = toText(attributes[`${prefix}response.text`])
    if (output !== undefined) facts.output ??= { value: output, key: `${prefix}response.text` }
    const messages = parseMessages(jsonAttribute(attributes, `${prefix}chat_ctx`))
    if (messages !== undefined)
      facts.inputMessages ??= { value: messages, key: `${prefix}chat_ctx`, rule: 'json' }
  }
  return facts
}
