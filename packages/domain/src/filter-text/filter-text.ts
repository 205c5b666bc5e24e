import type { FilterCondition, FilterOperator } from '../filter.ts'
import { findFilterField } from './filter-fields.ts'
import type { FilterField } from './filter-fields.ts'

export interface ParsedFilter {
  conditions: FilterCondition[]
  /** What remains: words from inputs and outputs. */
  words: string
}

const token = /(-?)([A-Za-z][\w.-]*)(!=|>=|<=|!~|[:=<>~])("(?:[^"\\]|\\.)*"|[^\s"]+)/g
const comparisons: ReadonlyMap<string, FilterOperator> = new Map(
  (['!=', '>', '>=', '<', '<=', '~', '!~'] as const).map((op) => [op, op]),
)
const units: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 }

/**
 * Reads a filter as people type it: `agent:support,billing status:error -environment:dev duration>5s "lost tent"`.
 * A comma means one of several, a leading minus not, `:*` any value at all. Unknown fields stay words.
 */
export function parseFilterText(text: string): ParsedFilter {
  const conditions: FilterCondition[] = []
  const words = text.replace(token, (whole, minus: string, name: string, op: string, raw: string) => {
    const field = findFilterField(name)
    const condition = field === undefined ? undefined : toCondition({ field, isNot: minus === '-', op, raw })
    if (condition === undefined) return whole
    conditions.push(condition)
    return ''
  })
  return { conditions, words: words.replaceAll(/\s+/g, ' ').trim() }
}

/** A condition as one types it; the inverse of `parseFilterText`. */
export function formatCondition(condition: FilterCondition): string {
  const { label, type } = findFilterField(condition.field) ?? {
    label: condition.field,
    type: 'text' as const,
  }
  switch (condition.op) {
    case 'empty':
      return `-${label}:*`
    case 'not-empty':
      return `${label}:*`
    case 'in':
    case '=':
      return `${label}:${formatValue({ value: condition.value, type })}`
    case 'not-in':
    case '!=':
      return `-${label}:${formatValue({ value: condition.value, type })}`
    case 'between':
    case '>':
    case '>=':
    case '<':
    case '<=':
    case '~':
    case '!~':
      return `${label}${condition.op}${formatValue({ value: condition.value, type })}`
  }
}

/** Conditions and words as one text, for the URL. */
export function formatFilterText({ conditions, words }: ParsedFilter): string {
  return [...conditions.map(formatCondition), words].filter((part) => part !== '').join(' ')
}

/** Field, operator and value in the words of a chip. */
export function describeCondition(condition: FilterCondition): { field: string; op: string; value?: string } {
  const { label, type } = findFilterField(condition.field) ?? {
    label: condition.field,
    type: 'text' as const,
  }
  if (condition.op === 'empty' || condition.op === 'not-empty') {
    return { field: label, op: condition.op === 'empty' ? 'is empty' : 'is set' }
  }
  const value = listOf(condition.value).map((one) =>
    type === 'duration' ? formatUnit(Number(one)) : String(one),
  )
  return { field: label, op: condition.op.replace('-', ' '), value: value.join(', ') }
}

function toCondition(options: {
  field: FilterField
  isNot: boolean
  op: string
  raw: string
}): FilterCondition | undefined {
  const { field, isNot, op, raw } = options
  const isQuoted = raw.startsWith('"')
  const text = isQuoted ? unquote(raw) : raw
  if (text === '*' && !isQuoted) return { field: field.field, op: isNot ? 'empty' : 'not-empty' }
  const isEqual = op === ':' || op === '='
  const isList = isEqual && !isQuoted && text.includes(',')
  const values = (isList ? text.split(',').filter((part) => part !== '') : [text]).map((part) =>
    toValue({ field, text: part }),
  )
  const known = values.filter((value) => value !== undefined)
  const first = known[0]
  if (known.length !== values.length || first === undefined) return undefined
  const comparison = comparisons.get(op)
  if (isList) return { field: field.field, op: isNot ? 'not-in' : 'in', value: known }
  if (isEqual) return { field: field.field, op: isNot ? '!=' : '=', value: first }
  return isNot || comparison === undefined ? undefined : { field: field.field, op: comparison, value: first }
}

function toValue({
  field,
  text,
}: {
  field: FilterField
  text: string
}): string | number | boolean | undefined {
  switch (field.type) {
    case 'text':
      return text
    case 'boolean':
      return text === 'true' ? true : text === 'false' ? false : undefined
    case 'number':
    case 'duration': {
      const parts = /^(\d+(?:\.\d+)?)(ms|s|m|h)?$/.exec(text)
      if (parts === null) return undefined
      const unit = parts[2]
      if (unit !== undefined && field.type === 'number') return undefined
      return Number(parts[1]) * (unit === undefined ? 1 : (units[unit] ?? 1))
    }
  }
}

function formatValue({
  value,
  type,
}: {
  value: FilterCondition['value']
  type: FilterField['type']
}): string {
  const parts = listOf(value).map((one) => (type === 'duration' ? formatUnit(Number(one)) : String(one)))
  const text = parts.join(',')
  return parts.length === 1 && /[\s",]|^\*$/.test(text)
    ? `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"`
    : text
}

function formatUnit(ms: number): string {
  for (const [unit, size] of [
    ['h', 3_600_000],
    ['m', 60_000],
    ['s', 1000],
  ] as const) {
    if (ms >= size && ms % size === 0) return `${ms / size}${unit}`
  }
  return ms >= 1000 ? `${ms / 1000}s` : `${ms}ms`
}

function listOf(value: FilterCondition['value']): readonly (string | number | boolean)[] {
  return value === undefined ? [] : Array.isArray(value) ? value : [value]
}

function unquote(raw: string): string {
  return raw.slice(1, -1).replaceAll(/\\(["\\])/g, '$1')
}
