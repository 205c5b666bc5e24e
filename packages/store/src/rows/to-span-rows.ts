import type { PrivacyClass } from '@clew/semconv/attributes'
import type { CanonicalSpan, Redaction } from '@clew/semconv/span'
import { durationBetween } from '@clew/domain'
import type { RowOwner } from '../insert/batch.ts'
import { encodeAttributeMap } from './any-value.ts'
import { ownerColumns } from './owner-columns.ts'
import { toDateTime64 } from './row-time.ts'
import { asFields, encodeRest, placeScalars } from './scalars.ts'
import type { Fields, Rest, Row } from './scalars.ts'
import { spanFields } from './span-fields.ts'
import { splitContent } from './split-content.ts'
import { toContentRow } from './to-content-row.ts'
import { toTypedMaps } from './typed-maps.ts'

export interface SpanRows {
  span: Row
  /** Absent where the span says nothing. */
  content?: Row
}

/** A span as its row of metadata and its row of content, both of the same version. */
export function toSpanRows(args: {
  owner: RowOwner
  span: CanonicalSpan
  version: bigint
  classOf: (key: string) => PrivacyClass
}): SpanRows {
  const { owner, span, version, classOf } = args
  const attributes = splitContent(span.attributes, classOf)
  const events = span.events.map((event) => splitContent(event.attributes, classOf))
  const key = {
    ...ownerColumns(owner),
    ver: version.toString(),
    trace_id: span.traceId,
    span_id: span.spanId,
    start_time: toDateTime64(span.startTimeUnixNano),
  }
  const row: Row = {
    ...key,
    retention_days: owner.retention.metadataDays,
    content_retention_days: owner.retention.contentDays,
    parent_span_id: span.parentSpanId ?? '',
  }
  const rest: Rest = {}
  placeScalars({ span: asFields(span) ?? {}, fields: spanFields, row, rest })
  placeEnd({ span, row, rest })
  placeLists({ span, row, rest })
  placeMaps({ attributes: attributes.metadata, resource: span.resource, row })
  placeEvents({ span, row, attributes: events.map((event) => event.metadata) })
  keepEmptyGroups(asFields(span) ?? {}, rest)
  row['rest'] = encodeRest(rest)
  const content = toContentRow({
    span,
    attributes: attributes.content,
    events: events.map((event) => event.content),
  })
  if (!content) return { span: row }
  return { span: row, content: { ...key, retention_days: owner.retention.contentDays, ...content } }
}

/** The end is the start plus the duration; where it isn't, both are kept as they came. */
function placeEnd({ span, row, rest }: { span: CanonicalSpan; row: Row; rest: Rest }): void {
  const { startTimeUnixNano: start, endTimeUnixNano: end, durationNs } = span
  if (durationNs !== undefined && /^\d{1,19}$/.test(durationNs)) row['duration_ns'] = durationNs
  const follows =
    end !== undefined &&
    durationNs === durationBetween(start, end) &&
    BigInt(start) + BigInt(durationNs) === BigInt(end)
  if (follows) return
  if (end !== undefined) rest['endTimeUnixNano'] = end
  if (durationNs !== undefined) rest['durationNs'] = durationNs
  if (end === undefined) delete row['duration_ns']
}

function placeLists({ span, row, rest }: { span: CanonicalSpan; row: Row; rest: Rest }): void {
  if (span.tags?.length) row['tags'] = span.tags
  else if (span.tags) rest['tags'] = []
  if (span.reportedCost) {
    row['reported_cost_total'] = span.reportedCost.total ?? null
    rest['reportedCost'] = span.reportedCost
  }
  if (span.outputToolCalls) {
    row['output_tool_call_ids'] = span.outputToolCalls.map((call) => call.id ?? '')
    row['output_tool_call_names'] = span.outputToolCalls.map((call) => call.name)
  }
  row['document_count'] = span.documents?.length ?? 0
  row['evidence_count'] = span.evidence?.length ?? 0
  if (span.sources && Object.keys(span.sources).length > 0) row['sources'] = span.sources
  else if (span.sources) rest['sources'] = {}
  if (span.redactions?.length) Object.assign(row, redactionColumns(span.redactions))
  else if (span.redactions) rest['redactions'] = []
  for (const field of assemblyFields) if (span[field] !== undefined) rest[field] = span[field]
}

/** Set by assembly, which runs on what is read; kept should they ever come in. */
const assemblyFields = ['duplicateOf', 'inherited', 'parentMissing'] as const

export function redactionColumns(redactions: readonly Redaction[]): Row {
  return {
    redaction_rules: redactions.map((redaction) => redaction.rule),
    redaction_paths: redactions.map((redaction) => redaction.path),
    redaction_counts: redactions.map((redaction) =>
      Math.max(0, Math.min(Math.trunc(redaction.count), 0xffffffff)),
    ),
  }
}

function placeMaps(args: {
  attributes: CanonicalSpan['attributes']
  resource: CanonicalSpan['resource']
  row: Row
}): void {
  for (const [prefix, map] of [
    ['attr', args.attributes],
    ['resource', args.resource],
  ] as const) {
    for (const [type, values] of Object.entries(toTypedMaps(map))) {
      if (Object.keys(values).length > 0) args.row[`${prefix}_${type}`] = values
    }
  }
}

function placeEvents(args: {
  span: CanonicalSpan
  row: Row
  attributes: CanonicalSpan['attributes'][]
}): void {
  const { span, row, attributes } = args
  if (span.events.length > 0) {
    row['event_names'] = span.events.map((event) => event.name)
    row['event_times'] = span.events.map((event) => toUnsigned64(event.timeUnixNano))
    row['event_attributes'] = attributes.map(encodeAttributeMap)
  }
  if (span.links.length > 0) {
    row['link_trace_ids'] = span.links.map((link) => link.traceId)
    row['link_span_ids'] = span.links.map((link) => link.spanId)
    row['link_trace_states'] = span.links.map((link) => link.traceState ?? '')
    row['link_attributes'] = span.links.map((link) => encodeAttributeMap(link.attributes))
  }
}

function toUnsigned64(unixNano: string): string {
  return /^\d{1,20}$/.test(unixNano) && BigInt(unixNano) < 2n ** 64n ? unixNano : '0'
}

/** A group that is present but empty is neither absent nor in a column. */
function keepEmptyGroups(span: Fields, rest: Rest): void {
  for (const group of new Set(spanFields.map((field) => field.group))) {
    if (group === undefined) continue
    const value = asFields(span[group])
    if (value && Object.keys(value).length === 0) rest[group] = {}
  }
}
