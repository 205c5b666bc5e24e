import type { JsonValue, ToolCall } from '../../span/canonical.ts'
import { type JsonRecord, asRecord, asText, isRecord, parseJson } from '../value.ts'

/** A tool call of any provider's shape; undefined without a name, as phantom calls have none. */
export function toToolCall(record: JsonRecord): ToolCall | undefined {
  const inner = asRecord(record['function'])
  const name =
    asText(inner?.['name']) ??
    asText(record['name']) ??
    asText(record['toolName']) ??
    asText(record['tool_name'])
  if (name === undefined) return undefined
  const id = firstOf(record, idKeys)
  const given = inner?.['arguments'] ?? argumentsOf(record)
  return toolCall({ name, id, given })
}

/** A tool call from its pieces; arguments of no keys are left out. */
export function toolCall(pieces: {
  name: string
  id: string | undefined
  given: JsonValue | undefined
}): ToolCall {
  const { name, id, given } = pieces
  const parsed = toArguments(given)
  const call: ToolCall = id === undefined ? { name } : { id, name }
  if (parsed !== undefined) call.arguments = parsed
  return call
}

/** `call_id` names the call, `id` only the item, where both are sent. */
const idKeys = ['call_id', 'toolCallId', 'tool_call_id', 'toolUseId', 'id', 'ref']
const argumentKeys = ['arguments', 'input', 'args', 'parameters']

function argumentsOf(record: JsonRecord): JsonValue | undefined {
  for (const key of argumentKeys) if (record[key] !== undefined) return record[key]
  return undefined
}

function firstOf(record: JsonRecord, keys: readonly string[]): string | undefined {
  for (const key of keys) {
    const value = asText(record[key])
    if (value !== undefined) return value
  }
  return undefined
}

function toArguments(given: JsonValue | undefined): JsonValue | undefined {
  if (given === undefined || given === null || given === '') return undefined
  const value = typeof given === 'string' ? (parseJson(given) ?? given) : given
  return isRecord(value) && Object.keys(value).length === 0 ? undefined : value
}
