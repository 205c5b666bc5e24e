import type { FieldKind, ScalarField } from './span-fields.ts'
import { parseStoredJson } from './stored-json.ts'

export type Fields = { readonly [key: string]: unknown }
export type Row = { [column: string]: unknown }
/** Fields that found no column, nested as on the span. */
export type Rest = { [key: string]: unknown }

/** Puts each scalar into its column, or into `rest` when it doesn't fit. */
export function placeScalars(args: {
  span: Fields
  fields: readonly ScalarField[]
  row: Row
  rest: Rest
}): void {
  const { span, fields, row, rest } = args
  for (const { group, key, column, kind } of fields) {
    const holder = group === undefined ? span : asFields(span[group])
    const value = holder?.[key]
    if (value === undefined) continue
    if (fits(value, kind)) row[column] = value
    else if (group === undefined) rest[key] = value
    else rest[group] = { ...asFields(rest[group]), [key]: value }
  }
}

/** Reads the scalars of a row back onto a span, making the groups that have one. */
export function takeScalars(args: { row: Row; fields: readonly ScalarField[]; span: Rest }): void {
  const { row, fields, span } = args
  for (const { group, key, column, kind } of fields) {
    const value = row[column]
    if (value === null || value === undefined || value === '') continue
    const typed = kind === 'text' ? value : Number(value)
    if (group === undefined) span[key] = typed
    else span[group] = { ...asFields(span[group]), [key]: typed }
  }
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
  return Object.keys(rest).length === 0 ? '' : JSON.stringify(rest)
}

export function asFields(value: unknown): Fields | undefined {
  return isFields(value) ? value : undefined
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function fits(value: unknown, kind: FieldKind): boolean {
  switch (kind) {
    case 'text':
      return typeof value === 'string' && value !== ''
    case 'count':
      return Number.isSafeInteger(value) && Number(value) >= 0 && !Object.is(value, -0)
    case 'number':
      return Number.isFinite(value) && !Object.is(value, -0)
    case 'byte':
      return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 0xff
    case 'word':
      return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 0xffffffff
  }
}
