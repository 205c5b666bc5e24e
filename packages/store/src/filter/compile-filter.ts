import type { Filter, FilterCondition, FilterNode } from '@clew/domain'
import { createPrivacyClassifier } from '@clew/semconv/attributes'
import type { QueryParams } from '../driver/database.ts'
import { boundTime } from '../queries/scope.ts'
import { createBindings } from './bindings.ts'
import { compileAttribute } from './compile-attribute.ts'
import type { AttributeContext } from './compile-attribute.ts'
import { compileCondition, invalid } from './compile-condition.ts'
import { compileScore } from './compile-score.ts'
import { compileText } from './compile-text.ts'
import { runFields, spanFilterFields } from './fields.ts'

/** A condition on rows of `trace_summary`, and the values that it binds. */
export interface CompiledFilter {
  sql: string
  params: QueryParams
}

/** Milliseconds since the epoch of a bound of a filter. */
export function filterTimeMs(bound: string | number | undefined): number | undefined {
  return typeof bound === 'string' ? Date.parse(bound) : bound
}

/**
 * Compiles a filter to a condition on `trace_summary`. The statement that takes it must bind `projectId`,
 * `cutoff`, `contentCutoff` and `since`. Throws a StoreError when a field or a value makes no sense.
 */
export function compileFilter(filter: Filter): CompiledFilter {
  const bindings = createBindings()
  const context: AttributeContext = {
    bindings,
    classOf: createPrivacyClassifier(),
    contentBounds: `${spanBounds} AND start_time >= ${boundTime('contentCutoff')}`,
  }
  const conditions: string[] = []
  if (filter.where) conditions.push(compileWhere({ filter, where: filter.where, context }))
  if (filter.text?.trim()) {
    conditions.push(
      `trace_id IN (SELECT trace_id FROM span_content WHERE ${context.contentBounds} AND ${compileText(filter.text, bindings)})`,
    )
  }
  return { sql: conditions.length === 0 ? '1' : conditions.join(' AND '), params: bindings.params }
}

/** Spans of a run start no earlier than the run. */
const spanBounds = `project_id = {projectId:String} AND start_time >= greatest(${boundTime('cutoff')}, ${boundTime('since')})`

function compileWhere(args: { filter: Filter; where: FilterNode; context: AttributeContext }): string {
  const { filter, where, context } = args
  if (filter.scope === 'root') return compileNode(where, (leaf) => compileRootLeaf(leaf, context))
  const matching = compileNode(where, (leaf) => compileSpanLeaf(leaf, context))
  const traces = `SELECT trace_id FROM spans FINAL WHERE ${spanBounds} AND ${matching}`
  if (filter.scope === 'any') return `trace_id IN (${traces})`
  const sessions = `SELECT arrayJoin(session_ids) FROM trace_summary FINAL
    WHERE project_id = {projectId:String} AND start_time >= ${boundTime('cutoff')} AND trace_id IN (${traces})`
  return `(trace_id IN (${traces}) OR arrayExists(session -> session IN (${sessions}), session_ids))`
}

/** What a run has not, its root span may have. */
function compileRootLeaf(leaf: FilterCondition, context: AttributeContext): string {
  const field = runFields.get(leaf.field)
  if (field) return compileCondition({ field, condition: leaf, bindings: context.bindings })
  const score = compileScore(leaf, context.bindings)
  if (score !== undefined) return score
  return `(trace_id, root_span_id) IN (SELECT trace_id, span_id FROM spans FINAL WHERE ${spanBounds} AND ${compileSpanLeaf(leaf, context)})`
}

function compileSpanLeaf(leaf: FilterCondition, context: AttributeContext): string {
  const field = spanFilterFields.get(leaf.field)
  if (field) return compileCondition({ field, condition: leaf, bindings: context.bindings })
  const attribute = compileScore(leaf, context.bindings) ?? compileAttribute(leaf, context)
  if (attribute === undefined) throw invalid(`there is no field "${leaf.field}"`)
  return attribute
}

function compileNode(node: FilterNode, compileLeaf: (leaf: FilterCondition) => string): string {
  if ('and' in node) return compileAll(node.and, ' AND ', compileLeaf) ?? '1'
  if ('or' in node) return compileAll(node.or, ' OR ', compileLeaf) ?? '0'
  if ('not' in node) return `NOT (${compileNode(node.not, compileLeaf)})`
  return `(${compileLeaf(node)})`
}

function compileAll(
  nodes: readonly FilterNode[],
  joint: string,
  compileLeaf: (leaf: FilterCondition) => string,
): string | undefined {
  if (nodes.length === 0) return undefined
  return `(${nodes.map((node) => compileNode(node, compileLeaf)).join(joint)})`
}
