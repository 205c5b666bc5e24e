import type { SpanKind } from '../../span/canonical.ts'
import type { AttributeMap, DecodedSpan } from '../../span/decoded.ts'
import { type DialectFacts, contentText, jsonAttribute } from '../draft.ts'
import { parseMessages } from '../messages/parse-messages.ts'
import { toCount, toText } from '../value.ts'
import { usageOf } from './to-usage.ts'

const kinds = new Map<string, SpanKind>([
  ['agent', 'AGENT'],
  ['llm', 'LLM'],
  ['tool', 'TOOL'],
  ['retriever', 'RETRIEVER'],
  ['embedding', 'EMBEDDING'],
  ['guardrail', 'GUARDRAIL'],
])

/** VoltAgent: its own names for everything; a sub-agent's subtree still calls the supervisor its entity. */
export function readVoltagent(span: DecodedSpan): DialectFacts {
  const { attributes } = span
  const facts: DialectFacts = {}
  const kind = readKind(attributes)
  facts.kind = {
    value: kind,
    key: attributes['span.type'] === undefined ? 'entity.type' : 'span.type',
    rule: 'voltagent',
  }
  readAgent(span, facts)
  readIo({ attributes, kind, facts })
  const prefix = kind === 'LLM' ? 'llm.usage' : 'usage'
  const usage = readUsage(attributes, prefix)
  if (usage !== undefined) {
    const keys = {
      output: `${prefix}.completion_tokens`,
      cacheRead: `${prefix}.cached_tokens`,
      reasoning: `${prefix}.reasoning_tokens`,
    }
    facts.usage = { value: usage, key: `${prefix}.prompt_tokens`, keys, rule: 'direct' }
  }
  for (const key of ['llm.model', 'ai.model.name']) {
    const model = toText(attributes[key])
    if (model !== undefined) facts.model ??= { value: model, key }
  }
  const finish = toText(attributes['ai.response.finish_reason'])
  if (finish !== undefined) facts.finishReason = { value: finish, key: 'ai.response.finish_reason' }
  return facts
}

function readKind(attributes: AttributeMap): SpanKind {
  const type = toText(attributes['span.type'])
  if (type !== undefined) return kinds.get(type) ?? 'CHAIN'
  return attributes['entity.type'] === 'agent' ? 'AGENT' : 'CHAIN'
}

function readAgent(span: DecodedSpan, facts: DialectFacts): void {
  const { attributes } = span
  const isSubagent = attributes['subagent.name'] !== undefined
  const owner = isSubagent ? 'subagent' : 'entity'
  const id = toText(attributes[`${owner}.id`])
  const name = toText(attributes[`${owner}.name`])
  if (id !== undefined) facts.agentId = { value: id, key: `${owner}.id` }
  if (name !== undefined) facts.agentName = { value: name, key: `${owner}.name` }
  if (span.name.startsWith('subagent:')) {
    facts.agentName = { value: span.name.slice(9), key: 'name', rule: 'subagent-name' }
  }
}

/** `tool.parameters` is the schema here, so a tool's arguments are its input. */
function readIo(args: { attributes: AttributeMap; kind: SpanKind; facts: DialectFacts }): void {
  const { attributes, kind, facts } = args
  const inputKey = kind === 'LLM' ? 'llm.messages' : 'input'
  const input = contentText(attributes[inputKey])
  if (input !== undefined) facts.input = { value: input, key: inputKey }
  const output = contentText(attributes['output'])
  if (output !== undefined) facts.output = { value: output, key: 'output' }
  if (kind === 'TOOL' && input !== undefined) facts.tool = { value: { arguments: input }, key: 'input' }
  if (kind !== 'LLM') return
  const messages = parseMessages(jsonAttribute(attributes, 'llm.messages'))
  if (messages !== undefined) facts.inputMessages = { value: messages, key: 'llm.messages', rule: 'json' }
}

function readUsage(attributes: AttributeMap, prefix: string): ReturnType<typeof usageOf> {
  return usageOf({
    input: toCount(attributes[`${prefix}.prompt_tokens`]),
    output: toCount(attributes[`${prefix}.completion_tokens`]),
    cacheRead: toCount(attributes[`${prefix}.cached_tokens`]),
    cacheWrite: undefined,
    reasoning: toCount(attributes[`${prefix}.reasoning_tokens`]),
  })
}
