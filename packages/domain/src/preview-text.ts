import type { JsonValue } from '@clew/semconv/span'

const previewLength = 240
/** Longer JSON is cut anyway; parsing it only to show its start isn't worth the time. */
const parsedLength = 65_536

/**
 * What a person would call an input or output, in at most 240 characters: the question inside a request,
 * the last thing a user said, plain text as it is.
 */
export function toPreviewText(text: string | undefined): string | undefined {
  if (text === undefined) return undefined
  const human = plainText(text.trimStart(), 0) ?? text
  const flat = human
    .slice(0, previewLength * 4)
    .replace(/\s+/g, ' ')
    .trim()
  if (flat === '') return undefined
  return flat.length > previewLength ? `${flat.slice(0, previewLength - 1)}…` : flat
}

function plainText(text: string, depth: number): string | undefined {
  const first = text[0]
  if ((first !== '{' && first !== '[' && first !== '"') || text.length > parsedLength) return undefined
  try {
    const json: JsonValue = JSON.parse(text)
    return say(json, depth)
  } catch {
    return depth === 0 ? sayCut(text) : undefined
  }
}

/** JSON that was cut for a list no longer parses; what a user said may still stand in it. */
function sayCut(text: string): string | undefined {
  const byUser = text.search(/"role"\s*:\s*"user"/)
  const said = cutText.exec(byUser === -1 ? text : text.slice(byUser))?.[1]
  if (said === undefined || said === '') return undefined
  try {
    const plain: JsonValue = JSON.parse(`"${said}"`)
    return typeof plain === 'string' ? plain : undefined
  } catch {
    return undefined
  }
}

const cutText = /"(?:prompt|question|query|content|text)"\s*:\s*"((?:[^"\\]|\\.)*)/

/** Keys under which requests and answers keep what was said, the most telling first. */
const sayingKeys = [
  'prompt',
  'question',
  'query',
  'q',
  'goal',
  'messages',
  'contents',
  'input',
  'content',
  'text',
  'message',
  'answer',
  'response',
  'result',
  'output',
  'choices',
  'candidates',
  'parts',
  'kwargs',
  'args',
]

function say(json: JsonValue | undefined, depth: number): string | undefined {
  if (depth > 8 || json === undefined || json === null) return undefined
  if (typeof json === 'string') return json === '' ? undefined : (plainText(json, depth + 1) ?? json)
  if (typeof json !== 'object') return undefined
  if (Array.isArray(json)) return sayList(json, depth)
  for (const key of sayingKeys) {
    const said = json[key] === undefined ? undefined : say(json[key], depth + 1)
    if (said !== undefined) return said
  }
  return undefined
}

/** Of messages the last by a user speaks, of anything else the last that says something. */
function sayList(list: readonly JsonValue[], depth: number): string | undefined {
  const byUser = list.filter((item) => roleOf(item) === 'user')
  const speakers = byUser.length > 0 ? byUser : list
  for (let at = speakers.length - 1; at >= 0; at--) {
    const said = say(speakers[at], depth + 1)
    if (said !== undefined) return said
  }
  return undefined
}

function roleOf(item: JsonValue): JsonValue | undefined {
  return typeof item === 'object' && item !== null && !Array.isArray(item) ? item['role'] : undefined
}
