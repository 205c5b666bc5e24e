import type { FilterCondition } from '@clew/domain'
import type { PrivacyClass } from '@clew/semconv/attributes'
import type { Bindings } from './bindings.ts'
import { plainText } from '../rows/content-value.ts'
import { compileCondition } from './compile-condition.ts'
import type { FilterField } from './fields.ts'

/** What a filter on an attribute needs to know of its surroundings. */
export interface AttributeContext {
  bindings: Bindings
  classOf: (key: string) => PrivacyClass
  /** Bounds a subquery on `span_content` to the project and to what may be seen of it. */
  contentBounds: string
}

/** `attributes.<key>` or `resource.<key>` of a span; undefined when the field is neither. */
export function compileAttribute(condition: FilterCondition, context: AttributeContext): string | undefined {
  const { field } = condition
  if (field.startsWith('resource.')) {
    return compileMaps({ prefix: 'resource', key: field.slice('resource.'.length), condition, context })
  }
  if (!field.startsWith('attributes.')) return undefined
  const key = field.slice('attributes.'.length)
  return context.classOf(key) === 'content'
    ? compileContent({ key, condition, context })
    : compileMaps({ prefix: 'attr', key, condition, context })
}

interface AttributeArgs {
  key: string
  condition: FilterCondition
  context: AttributeContext
}

/** An attribute is compared as the number it is where the value is a number, else as text. */
function compileMaps(args: AttributeArgs & { prefix: 'attr' | 'resource' }): string {
  const { prefix, key, condition, context } = args
  const name = context.bindings.bind('String', key)
  const has = (type: string): string => `mapContains(${prefix}_${type}, ${name})`
  const at = (type: string): string => `${prefix}_${type}[${name}]`
  const field: FilterField = isNumeric(condition)
    ? {
        sql: `multiIf(${has('int')}, toFloat64(${at('int')}), ${has('double')}, ${at('double')}, toFloat64OrNull(toString(${at('string')})))`,
        type: 'number',
      }
    : {
        sql: `multiIf(${has('string')}, toString(${at('string')}), ${has('int')}, toString(${at('int')}), ${has('double')}, toString(${at('double')}), ${has('bool')}, if(${at('bool')}, 'true', 'false'), toString(${at('json')}))`,
        type: 'text',
      }
  return compileCondition({ field, condition, bindings: context.bindings })
}

/** Content lies beside the span and expires sooner; a negated condition holds for spans that have none. */
function compileContent({ key, condition, context }: AttributeArgs): string {
  const negated = negations.get(condition.op)
  const positive = negated ? { ...condition, op: negated } : condition
  const value = `attributes[${context.bindings.bind('String', key)}]`
  const inside = (name: string): string => `JSONExtractRaw(${value}, '${name}')`
  const field: FilterField = isNumeric(condition)
    ? {
        sql: `toFloat64OrNull(trim(BOTH '"' FROM concat(${inside('intValue')}, ${inside('doubleValue')})))`,
        type: 'number',
      }
    : {
        sql: `if(startsWith(${value}, '${plainText}'), substring(${value}, ${plainText.length + 1}), trim(BOTH '"' FROM concat(${inside('intValue')}, ${inside('doubleValue')}, ${inside('boolValue')})))`,
        type: 'text',
      }
  const matching = compileCondition({ field, condition: positive, bindings: context.bindings })
  return `${negated ? 'NOT ' : ''}(trace_id, span_id) IN (SELECT trace_id, span_id FROM span_content WHERE ${context.contentBounds} AND ${matching})`
}

const negations: ReadonlyMap<FilterCondition['op'], FilterCondition['op']> = new Map([
  ['!=', '='],
  ['!~', '~'],
  ['not-in', 'in'],
  ['empty', 'not-empty'],
])

function isNumeric({ op, value }: FilterCondition): boolean {
  if (op === '~' || op === '!~') return false
  const values = Array.isArray(value) ? value : [value]
  return values.length > 0 && values.every((each) => typeof each === 'number')
}
