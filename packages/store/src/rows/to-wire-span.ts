import { readKeptMessages } from '@clew/semconv/normalise'
import { toJsonValue } from '@clew/semconv/span'
import type {
  AttributeValue,
  CanonicalSpan,
  JsonValue,
  SpanEvent,
  SpanLink,
  WireSpan,
} from '@clew/semconv/span'
import { decodeAttributeEntries, toRecord } from './any-value.ts'
import { decodeContentValue } from './content-value.ts'
import { toReceiptFields } from './receipt-fields.ts'
import { mergeRest, parseRest, takeScalars } from './scalars.ts'
import type { Rest } from './scalars.ts'
import { contentFields, contentLists, spanFields } from './span-fields.ts'
import type { ContentRow, PreviewRow, SpanRow } from './span-row.ts'
import { parseStoredJson } from './stored-json.ts'
import { fromTypedMaps } from './typed-maps.ts'

interface SpanParts {
  row: SpanRow
  content?: ContentRow
  preview?: PreviewRow
}

/** The span that a row was made from, with as much of its content as is given. */
export function toWireSpan(parts: SpanParts): WireSpan {
  return asWireSpan(putTogether({ ...parts, toAttributes: toJsonRecord }))
}

/** The same with the types in which its attributes came in. */
export function toTypedSpan(parts: SpanParts): CanonicalSpan {
  return asTypedSpan(putTogether({ ...parts, toAttributes: toRecord }))
}

type ToAttributes = (entries: readonly [string, AttributeValue][]) => { [key: string]: AttributeValue }

function putTogether(parts: SpanParts & { toAttributes: ToAttributes }): Rest {
  const { row, content, preview, toAttributes } = parts
  const span: Rest = {
    traceId: row.trace_id,
    spanId: row.span_id,
    startTimeUnixNano: row.start_ns,
    name: '',
    scope: '',
    dialect: '',
    ...(!row.parent_span_id.startsWith('\0') && { parentSpanId: row.parent_span_id }),
  }
  takeScalars({ row, fields: spanFields, span })
  takeEnd(row, span)
  Object.assign(
    span,
    toReceiptFields({
      isRunning: span['state'] === 'running',
      startNs: row.start_ns,
      durationNs: row.duration_ns ?? '0',
      receivedMs: row.received_ms,
    }),
  )
  takeLists(row, span)
  takeAttributes({ row, span, content, toAttributes })
  mergeRest(span, parseRest(row.rest))
  if (content) takeContent(content, span)
  if (content) Object.assign(span, readKeptMessages(asWireSpan(span)))
  if (preview) takePreview(preview, span)
  return span
}

function takeEnd(row: SpanRow, span: Rest): void {
  if (row.duration_ns === null) return
  span['durationNs'] = row.duration_ns
  span['endTimeUnixNano'] = String(BigInt(row.start_ns) + BigInt(row.duration_ns))
}

function takeLists(row: SpanRow, span: Rest): void {
  if (row.tags.length > 0) span['tags'] = row.tags
  if (Object.keys(row.sources).length > 0) span['sources'] = row.sources
  if (row.output_tool_call_names.length > 0) {
    span['outputToolCalls'] = row.output_tool_call_names.map((name, index) => {
      const id = row.output_tool_call_ids[index]
      return { ...(id && { id }), name }
    })
  }
  if (row.redaction_rules.length > 0) span['redactions'] = toRedactions(row)
}

export function toRedactions(row: {
  redaction_rules: string[]
  redaction_paths: string[]
  redaction_counts: number[]
}): { rule: string; path: string; count: number }[] {
  return row.redaction_rules.map((rule, index) => ({
    rule,
    path: row.redaction_paths[index] ?? '',
    count: row.redaction_counts[index] ?? 0,
  }))
}

function takeAttributes(args: {
  row: SpanRow
  span: Rest
  content: ContentRow | undefined
  toAttributes: ToAttributes
}): void {
  const { row, span, content, toAttributes } = args
  const contentAttributes = Object.entries(content?.attributes ?? {})
  span['attributes'] = toAttributes([
    ...fromTypedMaps({
      string: row.attr_string,
      int: row.attr_int,
      double: row.attr_double,
      bool: row.attr_bool,
      json: row.attr_json,
    }),
    ...contentAttributes.map(([key, text]): [string, AttributeValue] => [key, decodeContentValue(text)]),
  ])
  span['resource'] = toAttributes(
    fromTypedMaps({
      string: row.resource_string,
      int: row.resource_int,
      double: row.resource_double,
      bool: row.resource_bool,
      json: row.resource_json,
    }),
  )
  span['events'] = row.event_names.map((name, index): SpanEvent<AttributeValue> => ({
    name,
    timeUnixNano: row.event_times[index] ?? '0',
    attributes: toAttributes([
      ...decodeAttributeEntries(row.event_attributes[index] ?? ''),
      ...decodeAttributeEntries(content?.event_attributes[index] ?? ''),
    ]),
  }))
  span['links'] = row.link_trace_ids.map((traceId, index): SpanLink<AttributeValue> => {
    const traceState = row.link_trace_states[index]
    return {
      traceId,
      spanId: row.link_span_ids[index] ?? '',
      ...(traceState && { traceState }),
      attributes: toAttributes(decodeAttributeEntries(row.link_attributes[index] ?? '')),
    }
  })
}

function takeContent(content: ContentRow, span: Rest): void {
  takeScalars({ row: content, fields: contentFields, span })
  for (const { key, column } of contentLists) {
    const text = content[column]
    if (typeof text === 'string' && text !== '') span[key] = parseStoredJson<unknown>(text)
  }
  if (content.evidence.length > 0) span['evidence'] = content.evidence
  mergeRest(span, parseRest(content.rest))
}

function takePreview(preview: PreviewRow, span: Rest): void {
  if (preview.input_preview) span['input'] = preview.input_preview
  if (preview.input_mime) span['inputMime'] = preview.input_mime
  if (preview.output_preview) span['output'] = preview.output_preview
  if (preview.output_mime) span['outputMime'] = preview.output_mime
}

export function toJsonRecord(entries: readonly [string, AttributeValue][]): { [key: string]: JsonValue } {
  return toRecord(entries.map(([key, value]) => [key, toJsonValue(value)]))
}

/** What the row was made from was a canonical span, so what is put together again is one. */
export function asWireSpan(span: Rest): WireSpan {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the encoder took no other shape
  return span as unknown as WireSpan
}

function asTypedSpan(span: Rest): CanonicalSpan {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the encoder took no other shape
  return span as unknown as CanonicalSpan
}
