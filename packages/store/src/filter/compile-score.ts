import type { FilterCondition } from '@clew/domain'
import { boundTime } from '../queries/scope.ts'
import type { Bindings } from './bindings.ts'
import { compileCondition } from './compile-condition.ts'
import type { FilterField } from './fields.ts'

const prefix = 'score.'

/** A negated condition holds for runs that have no such score. */
const negations: ReadonlyMap<FilterCondition['op'], FilterCondition['op']> = new Map([
  ['!=', '='],
  ['!~', '~'],
  ['not-in', 'in'],
  ['empty', 'not-empty'],
])

/** `score.<name>` of a run: any of its scores of that name; undefined when the field is none. */
export function compileScore(condition: FilterCondition, bindings: Bindings): string | undefined {
  if (!condition.field.startsWith(prefix)) return undefined
  const negated = negations.get(condition.op)
  const positive = negated === undefined ? condition : { ...condition, op: negated }
  const name = bindings.bind('String', condition.field.slice(prefix.length))
  const matching = compileCondition({ field: fieldFor(positive), condition: positive, bindings })
  return `${negated === undefined ? '' : 'NOT '}trace_id IN (SELECT trace_id FROM scores FINAL
    WHERE project_id = {projectId:String} AND time >= ${boundTime('cutoff')} AND name = ${name} AND ${matching})`
}

const orderings: ReadonlySet<FilterCondition['op']> = new Set(['>', '>=', '<', '<=', 'between'])

/** Numbers and booleans are compared as such, the rest as the text that the score shows. */
function fieldFor({ op, value }: FilterCondition): FilterField {
  const values = Array.isArray(value) ? value : [value]
  const isNumeric = values.every((each) => typeof each === 'number' || typeof each === 'boolean')
  if (orderings.has(op) || (isNumeric && op !== '~' && op !== 'not-empty'))
    return { sql: 'value_number', type: 'number' }
  return {
    sql: `multiIf(value_type = 'string', value_text, value_type = 'boolean', if(value_number = 1, 'true', 'false'), toString(value_number))`,
    type: 'text',
  }
}
