import type { FilterCondition } from '@clew/domain'
import { StoreError } from '../store-failure.ts'
import type { Bindings } from './bindings.ts'
import type { FilterField } from './fields.ts'

type Scalar = string | number | boolean

/** One comparison as SQL. A field that is not there is equal to nothing, and differs from everything. */
export function compileCondition(args: {
  field: FilterField
  condition: FilterCondition
  bindings: Bindings
}): string {
  const { field, condition, bindings } = args
  if (field.type === 'list') return compileList(field.sql, condition, bindings)
  const { sql } = field
  switch (condition.op) {
    case 'empty':
      return emptiness(field)
    case 'not-empty':
      return `NOT ${emptiness(field)}`
    case '~':
    case '!~':
      return `${condition.op === '!~' ? 'NOT ' : ''}${contains(`toString(${sql})`, condition, bindings)}`
    case 'in':
    case 'not-in':
      return `${condition.op === 'not-in' ? 'NOT ' : ''}ifNull(has(${bindList(field, condition, bindings)}, ${valueSql(field)}), 0)`
    case 'between':
      return compileBetween(field, condition, bindings)
    case '!=':
      return `NOT ifNull(${valueSql(field)} = ${bindScalar(field, scalarOf(condition), bindings)}, 0)`
    case '=':
    case '>':
    case '>=':
    case '<':
    case '<=':
      return `ifNull(${valueSql(field)} ${condition.op} ${bindScalar(field, scalarOf(condition), bindings)}, 0)`
  }
}

function compileList(sql: string, condition: FilterCondition, bindings: Bindings): string {
  const text = (): string => bindings.bind('String', String(scalarOf(condition)))
  switch (condition.op) {
    case 'empty':
      return `empty(${sql})`
    case 'not-empty':
      return `notEmpty(${sql})`
    case '=':
      return `has(${sql}, ${text()})`
    case '!=':
      return `NOT has(${sql}, ${text()})`
    case 'in':
    case 'not-in': {
      const values = bindings.bind('Array(String)', listOf(condition).map(String))
      return `${condition.op === 'not-in' ? 'NOT ' : ''}hasAny(arrayMap(x -> toString(x), ${sql}), ${values})`
    }
    case '~':
    case '!~':
      return `${condition.op === '!~' ? 'NOT ' : ''}arrayExists(x -> ${contains('x', condition, bindings)}, ${sql})`
    case 'between': {
      const [low, high] = boundsOf(condition)
      const range = [low, high].map((value) => bindings.bind('String', String(value)))
      return `arrayExists(x -> x >= ${range[0]} AND x <= ${range[1]}, ${sql})`
    }
    case '>':
    case '>=':
    case '<':
    case '<=':
      return `arrayExists(x -> x ${condition.op} ${text()}, ${sql})`
  }
}

/** Case is ignored. */
function contains(sql: string, condition: FilterCondition, bindings: Bindings): string {
  return `ifNull(positionCaseInsensitiveUTF8(${sql}, ${bindings.bind('String', String(scalarOf(condition)))}) > 0, 0)`
}

function compileBetween(field: FilterField, condition: FilterCondition, bindings: Bindings): string {
  const [low, high] = boundsOf(condition)
  return `ifNull(${valueSql(field)} BETWEEN ${bindScalar(field, low, bindings)} AND ${bindScalar(field, high, bindings)}, 0)`
}

function emptiness({ sql, type }: FilterField): string {
  return type === 'text' ? `(ifNull(${sql}, '') = '')` : `(isNull(${sql}))`
}

function valueSql({ sql, type }: FilterField): string {
  return type === 'number' ? `toFloat64(${sql})` : type === 'bool' ? `toFloat64(${sql})` : `toString(${sql})`
}

function bindScalar(field: FilterField, value: Scalar, bindings: Bindings): string {
  if (field.type === 'text') return bindings.bind('String', String(value))
  return bindings.bind('Float64', toNumber(value))
}

function bindList(field: FilterField, condition: FilterCondition, bindings: Bindings): string {
  const values = listOf(condition)
  if (field.type === 'text') return bindings.bind('Array(String)', values.map(String))
  return bindings.bind('Array(Float64)', values.map(toNumber))
}

function toNumber(value: Scalar): number {
  if (value === 'true' || value === 'false') return value === 'true' ? 1 : 0
  const number = Number(value)
  if (value === '' || !Number.isFinite(number)) throw invalid(`"${String(value)}" is not a number`)
  return number
}

function scalarOf(condition: FilterCondition): Scalar {
  const { value } = condition
  if (value === undefined || Array.isArray(value))
    throw invalid(`${condition.field} ${condition.op} needs one value`)
  return value
}

function listOf(condition: FilterCondition): Scalar[] {
  const { value } = condition
  if (value === undefined) throw invalid(`${condition.field} ${condition.op} needs values`)
  return Array.isArray(value) ? value : [value]
}

function boundsOf(condition: FilterCondition): [Scalar, Scalar] {
  const [low, high, ...more] = listOf(condition)
  if (low === undefined || high === undefined || more.length > 0) {
    throw invalid(`${condition.field} between needs two values`)
  }
  return [low, high]
}

export function invalid(message: string): StoreError {
  return new StoreError({ code: 'invalid', message: `The filter cannot be used: ${message}.` })
}
