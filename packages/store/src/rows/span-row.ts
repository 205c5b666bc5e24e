import { z } from 'zod'
import { boolMapColumn, numberMapColumn, optionalIdColumn, textMapColumn } from './column-schemas.ts'
import { spanFields } from './span-fields.ts'

const texts = z.array(z.string())

/** A row of `spans` as the queries select it; scalars by their columns besides. */
export const spanRow = z.looseObject({
  ver: z.string(),
  trace_id: z.string(),
  span_id: z.string(),
  parent_span_id: optionalIdColumn,
  start_ns: z.string(),
  duration_ns: z.string().nullable(),
  tags: texts,
  output_tool_call_ids: texts,
  output_tool_call_names: texts,
  attr_string: textMapColumn,
  attr_int: textMapColumn,
  attr_double: numberMapColumn,
  attr_bool: boolMapColumn,
  attr_json: textMapColumn,
  resource_string: textMapColumn,
  resource_int: textMapColumn,
  resource_double: numberMapColumn,
  resource_bool: boolMapColumn,
  resource_json: textMapColumn,
  event_names: texts,
  event_times: texts,
  event_attributes: texts,
  link_trace_ids: texts,
  link_span_ids: texts,
  link_trace_states: texts,
  link_attributes: texts,
  redaction_rules: texts,
  redaction_paths: texts,
  redaction_counts: z.array(z.number()),
  sources: textMapColumn,
  rest: z.string(),
})
export type SpanRow = z.output<typeof spanRow>

/** The columns of a span's metadata, for a SELECT. */
export const spanColumns: string = [
  ...Object.keys(spanRow.shape).map((column) =>
    column === 'start_ns' ? 'toUnixTimestamp64Nano(start_time) AS start_ns' : column,
  ),
  ...spanFields.map((field) => field.column),
].join(', ')

/** A row of `span_content`: all of it. */
export const contentRow = z.looseObject({
  ver: z.string(),
  trace_id: z.string(),
  span_id: z.string(),
  evidence: texts,
  attributes: textMapColumn,
  event_attributes: texts,
  rest: z.string(),
})
export type ContentRow = z.output<typeof contentRow>

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
