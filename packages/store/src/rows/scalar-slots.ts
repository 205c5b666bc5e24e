import { CountColumn, NumberColumn, TextColumn } from '../native/scalar-columns.ts'
import { NullableColumn } from '../native/nested-columns.ts'
import type { Column } from '../native/column.ts'
import { asFields } from './scalars.ts'
import type { Fields, Rest } from './scalars.ts'
import type { FieldKind, ScalarField } from './span-fields.ts'

interface Slot {
  key: string
  kind: FieldKind
  text: TextColumn
  number: Column<number>
}

/** Columns for scalar fields of a span, by group, so that a group which is absent costs one look. */
export interface ScalarSlots {
  columns: { [name: string]: TextColumn | Column<number> }
  own: Slot[]
  groups: { group: string; slots: Slot[] }[]
}

export function createScalarSlots(fields: readonly ScalarField[]): ScalarSlots {
  const columns: ScalarSlots['columns'] = {}
  const own: Slot[] = []
  const groups = new Map<string, Slot[]>()
  for (const { group, key, column, kind } of fields) {
    const slot = { key, kind, text: new TextColumn(), number: createNumberColumn(kind) }
    columns[column] = kind === 'text' ? slot.text : slot.number
    if (group === undefined) own.push(slot)
    else groups.set(group, [...(groups.get(group) ?? []), slot])
  }
  return { columns, own, groups: [...groups].map(([group, slots]) => ({ group, slots })) }
}

function createNumberColumn(kind: FieldKind): Column<number> {
  switch (kind) {
    case 'byte':
      return new NullableColumn(new NumberColumn('UInt8'))
    case 'word':
      return new NullableColumn(new NumberColumn('UInt32'))
    case 'count':
      return new NullableColumn(new CountColumn())
    case 'number':
    case 'text':
      return new NullableColumn(new NumberColumn('Float64'))
  }
}

/**
 * Puts each scalar into its column; what doesn't fit, and a group that is there but empty, goes to `rest`.
 * True when a column took one.
 */
export function setScalars(slots: ScalarSlots, args: { row: number; span: Fields; rest: Rest }): boolean {
  const { row, span, rest } = args
  let isSet = false
  for (const slot of slots.own) {
    const value = span[slot.key]
    if (value === undefined) continue
    if (setScalar(slot, row, value)) isSet = true
    else rest[slot.key] = value
  }
  for (const { group, slots: inner } of slots.groups) {
    if (span[group] === undefined) continue
    const holder = asFields(span[group])
    if (holder === undefined) continue
    for (const slot of inner) {
      const value = holder[slot.key]
      if (value === undefined) continue
      if (setScalar(slot, row, value)) isSet = true
      else rest[group] = { ...asFields(rest[group]), [slot.key]: value }
    }
    if (isEmpty(holder)) rest[group] = {}
  }
  return isSet
}

function isEmpty(fields: Fields): boolean {
  for (const _ in fields) return false
  return true
}

function setScalar(slot: Slot, row: number, value: unknown): boolean {
  if (slot.kind === 'text') {
    if (typeof value !== 'string' || value === '') return false
    slot.text.set(row, value)
    return true
  }
  if (typeof value !== 'number' || !fits(value, slot.kind)) return false
  slot.number.set(row, value)
  return true
}

function fits(value: number, kind: Exclude<FieldKind, 'text'>): boolean {
  if (Object.is(value, -0)) return false
  switch (kind) {
    case 'count':
      return Number.isSafeInteger(value) && value >= 0
    case 'number':
      return Number.isFinite(value)
    case 'byte':
      return Number.isInteger(value) && value >= 0 && value <= 0xff
    case 'word':
      return Number.isInteger(value) && value >= 0 && value <= 0xffffffff
  }
}
