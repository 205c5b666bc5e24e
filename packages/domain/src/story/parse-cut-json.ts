/**
 * Reads JSON that may be cut anywhere, as previews are: what is whole is kept, what is not is dropped or closed.
 * Undefined for text that is no object or list.
 */
export function parseCutJson(text: string): { value: unknown; isCut: boolean } | undefined {
  const first = text.trimStart()[0]
  if (first !== '{' && first !== '[') return undefined
  const whole = parse(text)
  if (whole !== undefined) return { value: whole, isCut: false }
  const value = parse(close(text.replace(/…$/u, '')))
  return value === undefined ? undefined : { value, isCut: true }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Ends an open string, drops a key without a value, closes what is open. */
function close(text: string): string {
  const { open, isInString, isKey } = scan(text)
  const ended = isInString ? `${text.replace(/\\(?:u[0-9a-fA-F]{0,3})?$/u, '')}"` : text
  const kept = isKey
    ? ended.replace(/,?\s*"(?:[^"\\]|\\.)*"\s*$/u, '')
    : ended
        .replace(/,?\s*"(?:[^"\\]|\\.)*"\s*:\s*[^"{[\]},]{0,24}$/u, '')
        .replace(/,\s*[^"{[\]},]{0,24}$/u, '')
  return kept + open.toReversed().join('')
}

function scan(text: string): { open: string[]; isInString: boolean; isKey: boolean } {
  const open: string[] = []
  let isInString = false
  let lastPunctuation = ''
  for (let i = 0; i < text.length; i++) {
    const char = text[i] ?? ''
    if (isInString) {
      if (char === '\\') i += 1
      else if (char === '"') isInString = false
      continue
    }
    if (char === '"') isInString = true
    else if (char === '{' || char === '[') open.push(char === '{' ? '}' : ']')
    else if (char === '}' || char === ']') open.pop()
    if ('{[]},:'.includes(char)) lastPunctuation = char
  }
  const expectsKey = lastPunctuation === '{' || (lastPunctuation === ',' && open.at(-1) === '}')
  const endsInText = isInString || /"\s*$/u.test(text)
  return { open, isInString, isKey: expectsKey && endsInText }
}
