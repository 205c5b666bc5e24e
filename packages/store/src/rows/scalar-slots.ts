import type { Column } from '../native/column.ts'
import { DictionaryColumn } from '../native/dictionary-column.ts'
import { NullableColumn } from '../native/nested-columns.ts'
import { CountColumn, NumberColumn, TextColumn } from '../native/scalar-columns.ts'
import { asFields } from './scalars.ts'
import type { Fields, Rest } from './scalars.ts'
import type { FieldKind, ScalarField } from './span-fields.ts'

type NumberKind = Exclude<FieldKind, 'text' | 'name'>

type Slot =
  | { holds: 'text'; column: Column<string> }
  | { holds: 'number'; kind: NumberKind; column: Column<number> }

/** The columns of a span's scalars, found by the span's own keys: most spans have few of the many fields. */
export interface ScalarSlots {
  columns: { [name: string]: Column<string> | Column<number> }
  own: Map<string, Slot>
  groups: Map<string, Map<string, Slot>>
}

export function createScalarSlots(fields: readonly ScalarField[]): ScalarSlots {
  const slots: ScalarSlots = { columns: {}, own: new Map(), groups: new Map() }
  for (const { group, key, column, kind } of fields) {
    const slot = createSlot(kind)
    slots.columns[column] = slot.column
    if (group === undefined) slots.own.set(key, slot)
    else slots.groups.set(group, (slots.groups.get(group) ?? new Map<string, Slot>()).set(key, slot))
  }
  return slots
}

function createSlot(kind: FieldKind): Slot {
  switch (kind) {
    case 'text':
      return { holds: 'text', column: new TextColumn() }
    case 'name':
      return { holds: 'text', column: new DictionaryColumn() }
    case 'byte':
      return { holds: 'number', kind, column: new NullableColumn(new NumberColumn('UInt8')) }
    case 'word':
      return { holds: 'number', kind, column: new NullableColumn(new NumberColumn('UInt32')) }
    case 'count':
      return { holds: 'number', kind, column: new NullableColumn(new CountColumn()) }
    case 'number':
      return { holds: 'number', kind, column: new NullableColumn(new NumberColumn('Float64')) }
  }
}

/** What became of a field: `set` in a column, kept in `rest` as it doesn't fit, or `unknown` here. */
export type Placing = 'set' | 'kept' | 'unknown'

/** Puts a field of a span into its column, or a group into those of its keys. */
export function placeField(
  slots: ScalarSlots,
  args: { row: number; key: string; value: unknown; rest: Rest },
): Placing {
  const { row, key, value, rest } = args
  const slot = slots.own.get(key)
  if (slot !== undefined) {
    if (setScalar(slot, row, value)) return 'set'
    rest[key] = value
    return 'kept'
  }
  const group = slots.groups.get(key)
  const fields = group === undefined ? undefined : asFields(value)
  if (group === undefined || fields === undefined) return 'unknown'
  return placeGroup({ row, key, rest, group, fields })
}

/** A group that is present but empty is neither absent nor in a column. */
function placeGroup(args: {
  row: number
  key: string
  rest: Rest
  group: Map<string, Slot>
  fields: Fields
}): Placing {
  const { row, rest, group, fields } = args
  let placing: Placing = 'kept'
  let isEmpty = true
  for (const key in fields) {
    isEmpty = false
    const value = fields[key]
    const slot = group.get(key)
    if (slot === undefined || value === undefined) continue
    if (setScalar(slot, row, value)) placing = 'set'
    else rest[args.key] = { ...asFields(rest[args.key]), [key]: value }
  }
  if (isEmpty) rest[args.key] = {}
  return placing
}

function setScalar(slot: Slot, row: number, value: unknown): boolean {
  if (slot.holds === 'text') {
    if (typeof value !== 'string' || value === '') return false
    slot.column.set(row, value)
    return true
  }
  if (typeof value !== 'number' || !fits(value, slot.kind)) return false
  slot.column.set(row, value)
  return true
}

function fits(value: number, kind: NumberKind): boolean {
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
