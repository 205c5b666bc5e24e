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

type Place = Slot | { holds: 'group'; members: Map<string, Slot> } | { holds: 'nothing' }

/** What became of a field: `set` in a column, kept in `rest` as it doesn't fit, known to be `elsewhere`, or `unknown`. */
export type Placing = 'set' | 'kept' | 'elsewhere' | 'unknown'

/**
 * The columns of a span's scalars, found by the span's own keys: most spans have few of the many fields. They have
 * them in much the same order, so that a field is mostly found where the last span had it.
 */
export class ScalarColumns {
  readonly columns: { [name: string]: Column<string> | Column<number> } = {}
  private readonly places = new Map<string, Place>()
  private readonly lastKeys: string[] = []
  private readonly lastPlaces: (Place | undefined)[] = []
  private row = 0
  private rest: Rest = {}
  private count = 0

  constructor(fields: readonly ScalarField[], elsewhere: readonly string[] = []) {
    for (const key of elsewhere) this.places.set(key, { holds: 'nothing' })
    for (const { group, key, column, kind } of fields) {
      const slot = createSlot(kind)
      this.columns[column] = slot.column
      if (group === undefined) this.places.set(key, slot)
      else this.membersOf(group).set(key, slot)
    }
  }

  /** Starts a row; what finds no column of it is in the rest that it returns. */
  startRow(row: number): Rest {
    this.row = row
    this.rest = {}
    this.count = 0
    return this.rest
  }

  /** Puts the next field of the span into its column, or a group into those of its keys. */
  place(key: string, value: unknown): Placing {
    const place = this.placeOf(key)
    if (place === undefined) return 'unknown'
    if (place.holds === 'nothing') return 'elsewhere'
    if (place.holds === 'group') {
      const fields = asFields(value)
      if (fields === undefined) return 'elsewhere'
      return placeGroup(this.row, { key, fields, members: place.members }, this.rest)
    }
    if (setScalar(place, this.row, value)) return 'set'
    this.rest[key] = value
    return 'kept'
  }

  private placeOf(key: string): Place | undefined {
    const at = this.count
    this.count += 1
    if (this.lastKeys[at] === key) return this.lastPlaces[at]
    const place = this.places.get(key)
    this.lastKeys[at] = key
    this.lastPlaces[at] = place
    return place
  }

  private membersOf(group: string): Map<string, Slot> {
    const known = this.places.get(group)
    if (known?.holds === 'group') return known.members
    const members = new Map<string, Slot>()
    this.places.set(group, { holds: 'group', members })
    return members
  }
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

/** A group that is present but empty is neither absent nor in a column. */
function placeGroup(
  row: number,
  { key: group, fields, members }: { key: string; fields: Fields; members: Map<string, Slot> },
  rest: Rest,
): Placing {
  let placing: Placing = 'kept'
  let isEmpty = true
  for (const key in fields) {
    isEmpty = false
    const value = fields[key]
    const slot = members.get(key)
    if (slot === undefined || value === undefined) continue
    if (setScalar(slot, row, value)) placing = 'set'
    else rest[group] = { ...asFields(rest[group]), [key]: value }
  }
  if (isEmpty) rest[group] = {}
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
