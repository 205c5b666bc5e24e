import type { Tool } from '../../span/canonical.ts'
import { type KeyList, keyList } from '../key-list.ts'
import {
  type Draft,
  type Fact,
  type ToolFact,
  contentText,
  firstText,
  move,
  note,
  notedKey,
} from '../draft.ts'
import { unquote } from '../value.ts'

const nameKeys = keyList(
  'gen_ai.tool.name',
  'tool.name',
  'ai.toolCall.name',
  'traceloop.entity.name',
  'lk.function_tool.name',
)
const callIdKeys = keyList(
  'gen_ai.tool.call.id',
  'tool_call.id',
  'tool.id',
  'ai.toolCall.id',
  'tool.call.id',
  'tool_use_id',
  'lk.function_tool.id',
)
const argumentKeys = keyList(
  'gen_ai.tool.call.arguments',
  'tool.parameters',
  'ai.toolCall.args',
  'gcp.vertex.agent.tool_call_args',
  'lk.pii.function_tool.arguments',
  'lk.function_tool.arguments',
)
const resultKeys = keyList(
  'gen_ai.tool.call.result',
  'ai.toolCall.result',
  'gcp.vertex.agent.tool_response',
  'lk.pii.function_tool.output',
  'lk.function_tool.output',
)
const versionKeys = keyList('clew.tool.version')
const serverKeys = keyList('clew.tool.mcp_server', 'mcp.server.name', 'anthropic.mcp.server.name')

/** Sets the tool of a TOOL span: name, call id, arguments and result as text. */
export function fillTool(draft: Draft): void {
  if (draft.out.kind !== 'TOOL') return
  const tool: Tool = {}
  const { facts } = draft
  set(draft, tool, 'name', own(facts.tool, 'name') ?? firstText(draft, nameKeys) ?? spanName(draft))
  set(draft, tool, 'version', firstText(draft, versionKeys))
  set(draft, tool, 'callId', firstText(draft, callIdKeys))
  set(
    draft,
    tool,
    'arguments',
    own(facts.tool, 'arguments') ?? content(draft, argumentKeys) ?? ownField(draft, 'input'),
  )
  set(
    draft,
    tool,
    'result',
    own(facts.tool, 'result') ?? content(draft, resultKeys) ?? ownField(draft, 'output'),
  )
  set(draft, tool, 'mcpServer', own(facts.tool, 'mcpServer') ?? firstText(draft, serverKeys))
  draft.out.tool = tool
}

const toolFields: { readonly [field in keyof Required<Tool>]: string } = {
  name: 'tool.name',
  version: 'tool.version',
  callId: 'tool.callId',
  arguments: 'tool.arguments',
  result: 'tool.result',
  mcpServer: 'tool.mcpServer',
}

function set(draft: Draft, tool: Tool, field: keyof Tool, fact: Fact<string> | undefined): void {
  if (fact === undefined) return
  tool[field] = fact.value
  note(draft, toolFields[field], fact)
}

function own(fact: ToolFact | undefined, field: keyof Tool): Fact<string> | undefined {
  const value = fact?.value[field]
  if (fact === undefined || value === undefined) return undefined
  const { rule, keys, key } = fact
  return { value, key: keys?.[field] ?? key, ...(rule === undefined ? {} : { rule }) }
}

function ownField(draft: Draft, field: 'input' | 'output'): Fact<string> | undefined {
  const value = draft.out[field]
  const key = notedKey(draft, field)
  return value === undefined || key === undefined ? undefined : { value, key, rule: field }
}

function spanName(draft: Draft): Fact<string> | undefined {
  const { name } = draft.span
  return name === '' ? undefined : { value: name, key: 'name', rule: 'span-name' }
}

/** The AI SDK encodes a text result as JSON; the GenAI conventions leave the encoding to the emitter. */
function content(draft: Draft, list: KeyList): Fact<string> | undefined {
  for (const key of draft.shape.present(list)) {
    const raw = draft.attributes[key]
    const text = contentText(raw)
    if (text === undefined) continue
    const plain = key === 'ai.toolCall.result' ? unquote(text) : undefined
    if (text === raw && (plain === undefined || JSON.stringify(plain) === raw)) move(draft, key)
    return plain === undefined ? { value: text, key } : { value: plain, key, rule: 'unquoted' }
  }
  return undefined
}
