import type { DecodedSpan } from '../../span/decoded.ts'
import { type DialectFacts, jsonRecord } from '../draft.ts'
import { parseMessages } from '../messages/parse-messages.ts'
import { toNumber, toText } from '../value.ts'

/** LiveKit agents: GenAI messages, and mirrors of them under `lk.pii.`, `lk.` in older versions. */
export function readLivekit(span: DecodedSpan): DialectFacts {
  const { attributes } = span
  const facts: DialectFacts = {}
  if (span.name === 'llm_request') {
    facts.kind = { value: 'LLM', key: 'name', rule: 'livekit' }
  } else if (span.name === 'llm_node') facts.kind = { value: 'CHAIN', key: 'name', rule: 'livekit' }
  for (const prefix of ['lk.pii.', 'lk.']) {
    for (const key of [`${prefix}user_input`, `${prefix}user_transcript`]) {
      const input = toText(attributes[key])
      if (input !== undefined) facts.input ??= { value: input, key }
    }
    const output = toText(attributes[`${prefix}response.text`])
    if (output !== undefined) facts.output ??= { value: output, key: `${prefix}response.text` }
    const messages = parseMessages(jsonRecord(attributes, `${prefix}chat_ctx`)?.['items'])
    if (messages !== undefined)
      facts.inputMessages ??= { value: messages, key: `${prefix}chat_ctx`, rule: 'json' }
  }
  const ttft = toNumber(attributes['lk.response.ttft'])
  if (ttft !== undefined) {
    facts.timeToFirstTokenMs = { value: ttft * 1000, key: 'lk.response.ttft', rule: 'seconds' }
  }
  return facts
}
