import { filterFields } from '@clew/domain/filter-text'

export interface Suggestion {
  /** What stands in the field when it is taken. */
  text: string
  label: string
  detail?: string
  /** False when a value is still to be typed. */
  isComplete: boolean
}

export type Facets = Readonly<Record<string, readonly { value: string; count: number }[] | undefined>>

const max = 10

/** What one could type next: fields, then the values that occur in the window with their counts. */
export function buildSuggestions({ typed, facets }: { typed: string; facets: Facets }): Suggestion[] {
  const start = typed.lastIndexOf(' ') + 1
  const before = typed.slice(0, start)
  const word = typed.slice(start)
  const colon = word.indexOf(':')
  if (colon === -1)
    return [...suggestFields({ before, word }), ...suggestValues({ before, word, facets })].slice(0, max)
  const minus = word.startsWith('-') ? '-' : ''
  const label = word.slice(minus.length, colon)
  const field = filterFields.find((one) => one.label === label)
  const values = field === undefined ? undefined : facets[field.field]
  const begun = word.slice(colon + 1).toLowerCase()
  return (values ?? [])
    .filter(({ value }) => value.toLowerCase().includes(begun))
    .slice(0, max)
    .map(({ value, count }) => toSuggestion({ before: before + minus, label, value, count }))
}

function suggestFields({ before, word }: { before: string; word: string }): Suggestion[] {
  if (word === '' && before !== '') return []
  return filterFields
    .filter((field) => field.label.toLowerCase().startsWith(word.toLowerCase()))
    .map((field) => ({
      text: `${before}${field.label}${field.type === 'text' || field.type === 'boolean' ? ':' : '>'}`,
      label: field.label,
      isComplete: false,
      detail:
        field.type === 'duration'
          ? 'such as duration>5s'
          : field.type === 'number'
            ? `such as ${field.label}>1`
            : '',
    }))
}

function suggestValues({
  before,
  word,
  facets,
}: {
  before: string
  word: string
  facets: Facets
}): Suggestion[] {
  if (word.length < 2) return []
  return filterFields.flatMap((field) =>
    (facets[field.field] ?? [])
      .filter(({ value }) => value.toLowerCase().includes(word.toLowerCase()))
      .map(({ value, count }) => toSuggestion({ before, label: field.label, value, count })),
  )
}

function toSuggestion(options: { before: string; label: string; value: string; count: number }): Suggestion {
  const { before, label, value, count } = options
  const quoted = /[\s",]/.test(value) ? `"${value.replaceAll(/["\\]/g, String.raw`\$&`)}"` : value
  return {
    text: `${before}${label}:${quoted}`,
    label: `${label}: ${value}`,
    detail: String(count),
    isComplete: true,
  }
}
