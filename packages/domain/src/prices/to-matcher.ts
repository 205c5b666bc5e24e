import type { NameMatch } from './price-table.ts'

/** Whether a name, in lower case, is meant. */
export type Matcher = (name: string) => boolean

export function toMatcher(match: NameMatch): Matcher {
  if ('regex' in match) {
    const pattern = new RegExp(match.regex, 'i')
    return (name) => pattern.test(name)
  }
  if ('or' in match) {
    const parts = match.or.map(toMatcher)
    return (name) => parts.some((isMeant) => isMeant(name))
  }
  if ('and' in match) {
    const parts = match.and.map(toMatcher)
    return (name) => parts.every((isMeant) => isMeant(name))
  }
  if ('equals' in match) return comparing(match.equals, (name, text) => name === text)
  if ('starts_with' in match) return comparing(match.starts_with, (name, text) => name.startsWith(text))
  if ('ends_with' in match) return comparing(match.ends_with, (name, text) => name.endsWith(text))
  return comparing(match.contains, (name, text) => name.includes(text))
}

function comparing(text: string, isMeant: (name: string, text: string) => boolean): Matcher {
  const lower = text.toLowerCase()
  return (name) => isMeant(name, lower)
}
