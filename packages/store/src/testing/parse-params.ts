const escapes = new Map([
  ['t', '\t'],
  ['n', '\n'],
  ['r', '\r'],
  ['b', '\b'],
  ['f', '\f'],
  ['0', '\0'],
])

/**
 * The `param_…` values of a request as the embedded engine's binding takes them: text unescaped as a server
 * would, lists as lists.
 */
export function parseParams({
  sql,
  search,
}: {
  sql: string
  search: URLSearchParams
}): Record<string, unknown> {
  const params: Record<string, unknown> = {}
  for (const [name, value] of search) {
    if (!name.startsWith('param_')) continue
    const key = name.slice('param_'.length)
    const type = new RegExp(`\\{${key}:\\s*([^}]+)\\}`).exec(sql)?.[1] ?? 'String'
    params[key] = type.startsWith('Array(') ? parseList(value) : unescape(value)
  }
  return params
}

function parseList(text: string): (string | number)[] {
  const items: (string | number)[] = []
  for (const [, quoted, bare] of text.matchAll(/'((?:[^'\\]|\\[\s\S])*)'|([^\s,[\]]+)/g)) {
    items.push(quoted === undefined ? Number(bare) : unescape(quoted))
  }
  return items
}

function unescape(text: string): string {
  return text.replace(/\\([\s\S])/g, (_all, letter: string) => escapes.get(letter) ?? letter)
}
