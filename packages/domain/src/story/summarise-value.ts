import { parseCutJson } from './parse-cut-json.ts'

/** A payload in a few words: short fields of an object, the size of a list, else its beginning. */
export function summariseValue(text: string, maxLength = 90): string {
  const read = parseCutJson(text)
  if (read === undefined) return shorten(unquote(text), maxLength)
  if (Array.isArray(read.value) && read.isCut) {
    return shorten(`a list, first ${describe(read.value[0], 3)}`, maxLength)
  }
  return shorten(describe(read.value, 3), maxLength)
}

/** How many entries a JSON list has, or the one list inside an object; undefined where the text is cut. */
export function countEntries(text: string): number | undefined {
  const read = parseCutJson(text)
  if (read === undefined || read.isCut) return undefined
  if (Array.isArray(read.value)) return read.value.length
  if (read.value === null || typeof read.value !== 'object') return undefined
  const lists = Object.values(read.value).filter(Array.isArray)
  return lists.length === 1 ? lists[0]?.length : undefined
}

/** One line, at most `maxLength` characters, cut at a word where there is one near. */
export function shorten(text: string, maxLength: number): string {
  const line = text.replaceAll(/\s+/gu, ' ').trim()
  if (line.length <= maxLength) return line
  const cut = line.slice(0, maxLength - 1)
  const space = cut.lastIndexOf(' ')
  return `${(space > maxLength * 0.6 ? cut.slice(0, space) : cut).replace(/[\s,;:.]+$/u, '')}…`
}

function unquote(text: string): string {
  return text.length > 1 && text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1) : text
}

function describe(value: unknown, maxFields: number): string {
  if (typeof value === 'string') return value
  if (Array.isArray(value)) return describeList(value)
  if (value === null || typeof value !== 'object') return String(value)
  const fields: string[] = []
  for (const [key, entry] of Object.entries(value)) {
    if (fields.length === maxFields) break
    const said = describeField(key, entry)
    if (said !== undefined) fields.push(said)
  }
  if (fields.length > 0) return fields.join(', ')
  const count = Object.keys(value).length
  return count === 0 ? 'nothing' : `${count} ${count === 1 ? 'field' : 'fields'}`
}

function describeField(key: string, entry: unknown): string | undefined {
  if (Array.isArray(entry)) return `${entry.length} ${key}`
  if (typeof entry === 'string') return entry === '' ? undefined : `${key} ${shorten(entry, 40)}`
  if (typeof entry === 'number' || typeof entry === 'boolean') return `${key} ${String(entry)}`
  return undefined
}

function describeList(list: readonly unknown[]): string {
  if (list.length === 0) return 'nothing'
  const isPlain = list.length <= 4 && list.every((entry) => typeof entry !== 'object')
  if (isPlain) return list.map(String).join(', ')
  return list.length === 1 ? describe(list[0], 3) : `${list.length} entries`
}
