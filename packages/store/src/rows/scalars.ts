import type { ScalarField } from './span-fields.ts'
import { parseStoredJson } from './stored-json.ts'

export type Fields = { readonly [key: string]: unknown }
export type Row = { [column: string]: unknown }
/** Fields that found no column, nested as on the span. */
export type Rest = { [key: string]: unknown }

/** Reads the scalars of a row back onto a span, making the groups that have one. */
export function takeScalars(args: { row: Row; fields: readonly ScalarField[]; span: Rest }): void {
  const { row, fields, span } = args
  const groups: { [group: string]: { [key: string]: unknown } } = {}
  for (const { group, key, column, kind } of fields) {
    const value = row[column]
    if (value === null || value === undefined || value === '') continue
    const typed = kind === 'text' || kind === 'name' ? value : Number(value)
    if (group === undefined) span[key] = typed
    else (groups[group] ??= { ...asFields(span[group]) })[key] = typed
  }
  Object.assign(span, groups)
}

/** Lays `rest` over a span: groups are merged, all else is replaced. */
export function mergeRest(span: Rest, rest: Rest): void {
  for (const [key, value] of Object.entries(rest)) {
    const group = asFields(value)
    span[key] = group ? { ...asFields(span[key]), ...group } : value
  }
}

export function parseRest(text: string): Rest {
  return text === '' ? {} : parseStoredJson<Rest>(text)
}

export function encodeRest(rest: Rest): string {
  for (const _ in rest) return JSON.stringify(rest)
  return ''
}

export function asFields(value: unknown): Fields | undefined {
  return isFields(value) ? value : undefined
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
