import type { Message, ToolCall } from '../../span/canonical.ts'
import type { AttributeMap, AttributeValue } from '../../span/decoded.ts'
import { type FlatPrefix, splitIndex } from '../flat-groups.ts'
import { isRecord, parseJson, toText } from '../value.ts'
import { toRole } from './parse-messages.ts'
import { type OpenMessage, readPart } from './read-part.ts'
import { toolCall } from './to-tool-call.ts'

export interface FlatMessages {
  messages: Message[]
  /** True when the keys can be written again from the messages, but for those that are kept. */
  isRegular: boolean
  /** Keys whose exact value stands in the messages. */
  moved: string[]
}

/**
 * Messages spread over flat keys: OpenInference's `N.message.<field>` and OpenLLMetry's `N.<field>`.
 * Keys may come in any order and indexes may have holes.
 */
export function readFlatMessages(args: {
  attributes: AttributeMap
  prefix: FlatPrefix
  keys: readonly string[]
}): FlatMessages | undefined {
  const building = new Map<number, BuildingMessage>()
  for (const key of args.keys) {
    const value = args.attributes[key]
    const at = splitIndex(key, args.prefix.length)
    if (at === undefined || value === null || value === undefined) continue
    const message = entry(building, at.index, newMessage)
    readField({ message, field: strip(at.rest), key, value })
  }
  const messages: Message[] = []
  const moved: string[] = []
  const isLlmetry = args.prefix.startsWith('gen_ai.')
  let isRegular = !isLlmetry
  for (const index of [...building.keys()].toSorted((a, b) => a - b)) {
    const built = building.get(index)
    if (built === undefined) continue
    isRegular &&= index === messages.length && isPlain(built)
    const message = close(built, moved)
    if (message === undefined) isRegular = false
    else {
      const opened = openBlocks(message, isLlmetry)
      isRegular &&= opened[0] === message
      messages.push(...opened)
    }
  }
  if (messages.length === 0) return undefined
  return { messages, isRegular, moved: isRegular ? moved : [] }
}

/** Without parts, and with each call in its place: nothing that writing it again would lose. */
function isPlain(built: BuildingMessage): boolean {
  let place = 0
  for (const index of [...built.calls.keys()].toSorted((a, b) => a - b)) {
    const call = built.calls.get(index)
    if (index !== place++ || call?.name === undefined) return false
  }
  return built.parts.size === 0
}

interface BuildingCall {
  id?: string
  name?: string
  given?: string
  keys: string[]
  givenKey?: string
}

interface BuildingPart {
  type?: string
  text?: string
  call: BuildingCall
}

interface BuildingMessage {
  message: Message
  keys: string[]
  parts: Map<number, BuildingPart>
  calls: Map<number, BuildingCall>
}

function newMessage(): BuildingMessage {
  return { message: {}, keys: [], parts: new Map(), calls: new Map() }
}

function newPart(): BuildingPart {
  return { call: newCall() }
}

function newCall(): BuildingCall {
  return { keys: [] }
}

function strip(field: string): string {
  return field.startsWith('message.') ? field.slice(8) : field
}

interface Field {
  message: BuildingMessage
  field: string
  key: string
  value: AttributeValue
}

const scalarFields = new Map<string, 'role' | 'content' | 'name' | 'toolCallId' | 'reasoning'>([
  ['role', 'role'],
  ['content', 'content'],
  ['name', 'name'],
  ['tool_call_id', 'toolCallId'],
  ['reasoning', 'reasoning'],
])

function readField({ message, field, key, value }: Field): void {
  const text = toText(value)
  if (text === undefined) return
  const scalar = scalarFields.get(field)
  if (scalar !== undefined) {
    message.message[scalar] = scalar === 'role' ? (toRole(text) ?? text) : text
    if (message.message[scalar] === value) message.keys.push(key)
  } else if (field.startsWith('tool_calls.')) {
    const at = splitIndex(field, 11)
    if (at !== undefined)
      readCallField({ call: entry(message.calls, at.index, newCall), field: at.rest, key, text })
  } else if (field.startsWith('contents.')) {
    const at = splitIndex(field, 9)
    if (at !== undefined) readPartField({ message, index: at.index, field: at.rest, key, text })
  } else if (field === 'function_call_name') {
    entry(message.calls, 0, newCall).name ??= text
  } else if (field === 'function_call_arguments_json') {
    entry(message.calls, 0, newCall).given ??= text
  }
}

function readCallField(args: { call: BuildingCall; field: string; key: string; text: string }): void {
  const { call, key, text } = args
  const field = args.field.startsWith('tool_call.') ? args.field.slice(10) : args.field
  if (field === 'id') call.id = text
  else if (field === 'function.name' || field === 'name') call.name = text
  else if (field === 'function.arguments' || field === 'arguments') {
    call.given = text
    call.givenKey = key
    return
  } else return
  call.keys.push(key)
}

function readPartField(args: {
  message: BuildingMessage
  index: number
  field: string
  key: string
  text: string
}): void {
  const part = entry(args.message.parts, args.index, newPart)
  if (args.field === 'message_content.type') part.type = args.text
  else if (args.field === 'message_content.text') part.text = args.text
  else if (args.field.startsWith('tool_call.')) readCallField({ ...args, call: part.call })
}

function close(built: BuildingMessage, moved: string[]): Message | undefined {
  const { message } = built
  if (built.parts.size > 0) closeParts(built)
  const calls = [...built.calls.values(), ...[...built.parts.values()].map((part) => part.call)]
  const toolCalls: ToolCall[] = []
  for (const call of calls) {
    const closed = closeCall(call)
    if (closed === undefined) continue
    const isKnown = closed.id !== undefined && toolCalls.some((other) => other.id === closed.id)
    if (!isKnown) toolCalls.push(closed)
    moved.push(...call.keys)
    if (call.givenKey !== undefined && isExact(call.given, closed)) moved.push(call.givenKey)
  }
  // An assistant that only calls tools has no content; some emitters write the word for it.
  if (message.content === 'null' && toolCalls.length > 0) {
    delete message.content
    built.keys = built.keys.filter((key) => !key.endsWith('content'))
  }
  if (toolCalls.length > 0) message.toolCalls = toolCalls
  moved.push(...built.keys)
  return Object.keys(message).length === 0 ? undefined : message
}

/** Some write a provider's content blocks as JSON text, and OpenLLMetry no content as the word for it. */
function openBlocks(message: Message, isLlmetry: boolean): Message[] {
  const { content, ...rest } = message
  if (isLlmetry && content === 'null' && message.role === 'assistant') return [rest]
  const blocks = content?.startsWith('[{') === true ? parseJson(content) : undefined
  if (!Array.isArray(blocks) || !blocks.every((block) => isRecord(block) && 'type' in block)) return [message]
  const open: OpenMessage = { message: rest, results: [] }
  for (const block of blocks) readPart(open, block)
  return [open.message, ...open.results]
}

function closeParts(built: BuildingMessage): void {
  const { message } = built
  const texts: string[] = []
  for (const index of [...built.parts.keys()].toSorted((a, b) => a - b)) {
    const part = built.parts.get(index)
    if (part?.text === undefined) continue
    if (part.type === 'reasoning' || part.type === 'thinking') message.reasoning ??= part.text
    else texts.push(part.text)
  }
  if (message.content === undefined && texts.length > 0) message.content = texts.join('\n')
}

function closeCall(call: BuildingCall): ToolCall | undefined {
  return call.name === undefined ? undefined : toolCall({ name: call.name, id: call.id, given: call.given })
}

function isExact(given: string | undefined, closed: ToolCall): boolean {
  if (given === undefined || closed.arguments === undefined) return false
  return (
    given === closed.arguments ||
    (parseJson(given) !== undefined && given === JSON.stringify(closed.arguments))
  )
}

function entry<Value>(map: Map<number, Value>, index: number, create: () => Value): Value {
  const known = map.get(index)
  if (known !== undefined) return known
  const created = create()
  map.set(index, created)
  return created
}
