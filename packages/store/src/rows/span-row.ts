import { assemblyInputs } from '@clew/domain'
import { z } from 'zod'
import {
  isBoolMap,
  isNumberMap,
  isNumbers,
  isText,
  isTextMap,
  isTextOrNull,
  isTexts,
} from './column-checks.ts'
import { asFields } from './scalars.ts'
import { spanFields } from './span-fields.ts'
import type { ScalarField } from './span-fields.ts'

/** The columns of a row of `spans` that are no scalars, and what each holds. */
const spanChecks = {
  ver: isText,
  trace_id: isText,
  span_id: isText,
  parent_span_id: isText,
  start_ns: isText,
  received_ms: isText,
  duration_ns: isTextOrNull,
  tags: isTexts,
  output_tool_call_ids: isTexts,
  output_tool_call_names: isTexts,
  attr_string: isTextMap,
  attr_int: isTextMap,
  attr_double: isNumberMap,
  attr_bool: isBoolMap,
  attr_json: isTextMap,
  resource_string: isTextMap,
  resource_int: isTextMap,
  resource_double: isNumberMap,
  resource_bool: isBoolMap,
  resource_json: isTextMap,
  event_names: isTexts,
  event_times: isTexts,
  event_attributes: isTexts,
  link_trace_ids: isTexts,
  link_span_ids: isTexts,
  link_trace_states: isTexts,
  link_attributes: isTexts,
  redaction_rules: isTexts,
  redaction_paths: isTexts,
  redaction_counts: isNumbers,
  sources: isTextMap,
  rest: isText,
} as const

const contentChecks = {
  ver: isText,
  trace_id: isText,
  span_id: isText,
  evidence: isTexts,
  attributes: isTextMap,
  event_attributes: isTexts,
  rest: isText,
} as const

type Checked<Checks> = {
  [Column in keyof Checks]: Checks[Column] extends ((value: unknown) => value is infer Value) ? Value : never
}

/** A row of `spans` as the queries select it; scalars by their columns besides. */
export type SpanRow = Checked<typeof spanChecks> & { [column: string]: unknown }

/** A row of `span_content`: all of it. */
export type ContentRow = Checked<typeof contentChecks> & { [column: string]: unknown }

/** Checked in place: a trace can have fifty thousand of these rows, and a copying parser takes most of the time. */
export const spanRow = checkedRow<SpanRow>(spanChecks)
export const contentRow = checkedRow<ContentRow>(contentChecks)

function checkedRow<Row>(checks: { [column: string]: (value: unknown) => boolean }): z.ZodType<Row> {
  const entries = Object.entries(checks)
  return z.custom<Row>((row) => {
    const columns = asFields(row)
    return columns !== undefined && entries.every(([column, holds]) => holds(columns[column]))
  })
}

const computed: { [column: string]: string } = {
  start_ns: 'toUnixTimestamp64Nano(start_time) AS start_ns',
  received_ms: 'toUnixTimestamp64Milli(received_at) AS received_ms',
}

/** The columns of a span's metadata, for a SELECT. */
export const spanColumns: string = [
  ...Object.keys(spanChecks).map((column) => computed[column] ?? column),
  ...spanFields.map((field) => field.column),
].join(', ')

/** The columns that a summary has no use for, as if they were empty, and of the maps what assembly decides by. */
const lean: { [column: string]: string } = {
  sources: only('sources', assemblyInputs.sources),
  attr_string: only('attr_string', assemblyInputs.attributes),
  attr_int: only('attr_int', assemblyInputs.attributes),
  ...asEmpty('map()', [
    'attr_double',
    'attr_bool',
    'attr_json',
    'resource_string',
    'resource_int',
    'resource_double',
    'resource_bool',
    'resource_json',
  ]),
  ...asEmpty('[]', [
    'redaction_rules',
    'redaction_paths',
    'redaction_counts',
    'event_attributes',
    'link_trace_states',
    'link_attributes',
  ]),
}

/** The same columns for a summary; a scalar that it has no use for is not even asked for. */
export const leanSpanColumns: string = [
  ...Object.keys(spanChecks).map((column) => lean[column] ?? computed[column] ?? column),
  ...spanFields.filter(isSummarised).map((field) => field.column),
].join(', ')

function isSummarised({ group, key }: ScalarField): boolean {
  return !assemblyInputs.unread.has(group ?? key)
}

function only(column: string, keys: readonly string[]): string {
  const names = keys.map((key) => `'${key}'`).join(', ')
  return `mapFilter((k, v) -> k IN (${names}), ${column}) AS ${column}`
}

function asEmpty(
  literal: string,
  columns: readonly (keyof typeof spanChecks)[],
): { [column: string]: string } {
  return Object.fromEntries(columns.map((column) => [column, `${literal} AS ${column}`]))
}

/** The two previews of a span, for lists and trees. */
export const previewRow = z.object({
  ver: z.string(),
  trace_id: z.string(),
  span_id: z.string(),
  input_preview: z.string(),
  input_mime: z.string(),
  output_preview: z.string(),
  output_mime: z.string(),
})
export type PreviewRow = z.output<typeof previewRow>
