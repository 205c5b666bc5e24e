import { parseCutJson } from './parse-cut-json.ts'

/** In the order in which they tell what was said, rather than what it was said with. */
const textFields = [
  'question',
  'prompt',
  'answer',
  'message',
  'messages',
  'contents',
  'content',
  'parts',
  'text',
  'query',
  'input',
  'output',
  'response',
  'task',
  'goal',
]

/**
 * SDKs often wrap what was said in JSON: one text field, or messages of which the last one counts. Gives the
 * words inside, or the text itself where nothing in it reads as words. The JSON may be cut, as previews are.
 */
export function readableText(text: string): string {
  if (text.startsWith('"')) return readQuoted(text)
  const read = parseCutJson(text)
  if (read === undefined) return text
  return findText({ value: read.value, depth: 0, isCut: read.isCut }) ?? text
}

/** In a cut list the first entry is the one that is surely whole. */
function findText(args: { value: unknown; depth: number; isCut: boolean }): string | undefined {
  const { value, depth, isCut } = args
  if (typeof value === 'string') return value === '' ? undefined : value
  if (value === null || typeof value !== 'object' || depth > 6) return undefined
  const inside = (entry: unknown) => findText({ value: entry, depth: depth + 1, isCut })
  if (Array.isArray(value)) return inside(isCut ? value[0] : value.at(-1))
  const fields = new Map<string, unknown>(Object.entries(value))
  for (const key of textFields) {
    const found = inside(fields.get(key))
    if (found !== undefined) return found
  }
  const [only] = fields.values()
  return fields.size === 1 ? inside(only) : undefined
}

function readQuoted(text: string): string {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'string' ? value : text
  } catch {
    return text
  }
}
