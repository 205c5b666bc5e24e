const textFields = [
  'question',
  'prompt',
  'answer',
  'input',
  'query',
  'message',
  'messages',
  'content',
  'text',
  'output',
  'task',
  'goal',
]

/**
 * SDKs often wrap what was said in JSON: one text field, or messages of which the last one counts. Gives the
 * words inside, or the text itself where nothing in it reads as words.
 */
export function readableText(text: string): string {
  const first = text.trimStart()[0]
  if (first !== '{' && first !== '[' && first !== '"') return text
  try {
    return findText(JSON.parse(text), 0) ?? text
  } catch {
    return text
  }
}

function findText(value: unknown, depth: number): string | undefined {
  if (typeof value === 'string') return value
  if (value === null || typeof value !== 'object' || depth > 5) return undefined
  if (Array.isArray(value)) return findText(value.at(-1), depth + 1)
  const fields = new Map<string, unknown>(Object.entries(value))
  for (const key of textFields) {
    const found = findText(fields.get(key), depth + 1)
    if (found !== undefined) return found
  }
  const [only] = fields.values()
  return fields.size === 1 ? findText(only, depth + 1) : undefined
}
