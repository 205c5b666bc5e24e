import { isDurationBetween } from '@clew/semconv/span'
import type { PrivacyClass } from '@clew/semconv/attributes'
import type { AttributeMap, CanonicalSpan, Redaction } from '@clew/semconv/span'
import { ArrayColumn, MapColumn, NullableColumn } from '../native/nested-columns.ts'
import {
  BigintColumn,
  DecimalColumn,
  FixedTextColumn,
  NumberColumn,
  TextColumn,
} from '../native/scalar-columns.ts'
import { NativeBlock } from '../native/native-block.ts'
import { DictionaryColumn } from '../native/dictionary-column.ts'
import { encodeAttributeMap } from './any-value.ts'
import type { KeyColumns, KeyedRecord } from './key-columns.ts'
import { ScalarColumns } from './scalar-columns.ts'
import { asFields, encodeRest } from './scalars.ts'
import type { Rest } from './scalars.ts'
import { spanFields } from './span-fields.ts'
import { isContent, splitContent } from './split-content.ts'
import { TypedMapColumns } from './typed-map-columns.ts'

/** A span on its way into the tables, with what its rows share. */
export interface SpanRecord extends KeyedRecord {
  span: CanonicalSpan
  startMs: number
}

/** Rows of `spans`: the metadata of each span. Its content goes to a block of its own. */
export class SpanBlock {
  private readonly classOf: (key: string) => PrivacyClass
  private readonly key: KeyColumns
  private records: SpanRecord[] = []
  private readonly scalars = new ScalarColumns(spanFields)
  private readonly attributes = new TypedMapColumns()
  private readonly resource = new TypedMapColumns()
  private readonly columns = {
    retention_days: new NumberColumn('UInt16'),
    content_retention_days: new NumberColumn('UInt16'),
    parent_span_id: new FixedTextColumn(16),
    duration_ns: new NullableColumn(new DecimalColumn('UInt64')),
    tags: new ArrayColumn(new DictionaryColumn()),
    reported_cost_total: new NullableColumn(new NumberColumn('Float64')),
    output_tool_call_ids: new ArrayColumn(new TextColumn()),
    output_tool_call_names: new ArrayColumn(new DictionaryColumn()),
    document_count: new NumberColumn('UInt32'),
    evidence_count: new NumberColumn('UInt32'),
    sources: new MapColumn(new DictionaryColumn()),
    redaction_rules: new ArrayColumn(new DictionaryColumn()),
    redaction_paths: new ArrayColumn(new TextColumn()),
    redaction_counts: new ArrayColumn(new NumberColumn('UInt32')),
    event_names: new ArrayColumn(new DictionaryColumn()),
    event_times: new ArrayColumn(new BigintColumn('UInt64')),
    event_attributes: new ArrayColumn(new TextColumn()),
    link_trace_ids: new ArrayColumn(new TextColumn()),
    link_span_ids: new ArrayColumn(new TextColumn()),
    link_trace_states: new ArrayColumn(new TextColumn()),
    link_attributes: new ArrayColumn(new TextColumn()),
    rest: new TextColumn(),
  }
  private readonly block: NativeBlock

  constructor(classOf: (key: string) => PrivacyClass, key: KeyColumns) {
    this.classOf = classOf
    this.key = key
    const own = {
      ...this.columns,
      ...this.scalars.columns,
      ...this.attributes.named('attr'),
      ...this.resource.named('resource'),
    }
    this.block = new NativeBlock(own, key.columns)
  }

  add(record: SpanRecord): void {
    const { owner, span } = record
    const row = this.block.rows
    const rest = this.scalars.startRow(row)
    this.records.push(record)
    this.columns.retention_days.set(row, owner.retention.metadataDays)
    this.columns.content_retention_days.set(row, owner.retention.contentDays)
    if (span.parentSpanId !== undefined) this.columns.parent_span_id.set(row, span.parentSpanId)
    const fields = asFields(span) ?? {}
    for (const key in fields) {
      const value = fields[key]
      if (value !== undefined) this.scalars.place(key, value)
    }
    this.setEnd(record, rest)
    this.setLists(span, rest)
    this.setAttributes(span.attributes)
    this.resource.putAll(row, span.resource)
    this.setEvents(span)
    const kept = encodeRest(rest)
    if (kept !== '') this.columns.rest.set(row, kept)
    this.block.rows += 1
  }

  take(): Buffer {
    this.key.hold(this.records)
    const bytes = this.block.take()
    this.records = []
    return bytes
  }

  clear(): void {
    this.block.clear()
    this.records = []
  }

  /** The end is the start plus the duration; where it isn't, both are kept as they came. */
  private setEnd({ span }: SpanRecord, rest: Rest): void {
    const { startTimeUnixNano: start, endTimeUnixNano: end, durationNs } = span
    if (end !== undefined && durationNs !== undefined && /^\d{1,19}$/.test(durationNs)) {
      this.columns.duration_ns.set(this.block.rows, durationNs)
    }
    const isClamped = durationNs === '0' && end !== start
    if (
      end !== undefined &&
      !isClamped &&
      durationNs !== undefined &&
      isDurationBetween(durationNs, start, end)
    )
      return
    if (end !== undefined) rest['endTimeUnixNano'] = end
    if (durationNs !== undefined) rest['durationNs'] = durationNs
  }

  private setLists(span: CanonicalSpan, rest: Rest): void {
    const { columns } = this
    const row = this.block.rows
    if (span.tags?.length) columns.tags.set(row, span.tags)
    else if (span.tags) rest['tags'] = []
    if (span.reportedCost) {
      const { total } = span.reportedCost
      if (total !== undefined) columns.reported_cost_total.set(row, total)
      rest['reportedCost'] = span.reportedCost
    }
    if (span.computedCost) rest['computedCost'] = span.computedCost
    if (span.outputToolCalls) {
      columns.output_tool_call_ids.set(
        row,
        span.outputToolCalls.map((call) => call.id ?? ''),
      )
      columns.output_tool_call_names.set(
        row,
        span.outputToolCalls.map((call) => call.name),
      )
    }
    if (span.documents?.length) columns.document_count.set(row, span.documents.length)
    if (span.evidence?.length) columns.evidence_count.set(row, span.evidence.length)
    if (span.sources && Object.keys(span.sources).length > 0) columns.sources.set(row, span.sources)
    else if (span.sources) rest['sources'] = {}
    if (span.redactions?.length) this.setRedactions(span.redactions)
    else if (span.redactions) rest['redactions'] = []
    for (const field of keptFields) if (span[field] !== undefined) rest[field] = span[field]
  }

  private setRedactions(redactions: readonly Redaction[]): void {
    const { redaction_rules, redaction_paths, redaction_counts } = redactionColumns(redactions)
    this.columns.redaction_rules.set(this.block.rows, redaction_rules)
    this.columns.redaction_paths.set(this.block.rows, redaction_paths)
    this.columns.redaction_counts.set(this.block.rows, redaction_counts)
  }

  private setAttributes(attributes: AttributeMap): void {
    for (const key in attributes) {
      const value = attributes[key]
      if (value === undefined || isContent(this.classOf(key), value)) continue
      this.attributes.put(this.block.rows, key, value)
    }
  }

  private setEvents({ events, links }: CanonicalSpan): void {
    const { columns, classOf } = this
    const row = this.block.rows
    if (events.length > 0) {
      columns.event_names.set(
        row,
        events.map((event) => event.name),
      )
      columns.event_times.set(
        row,
        events.map((event) => toUnsigned64(event.timeUnixNano)),
      )
      columns.event_attributes.set(
        row,
        events.map((event) => encodeAttributeMap(splitContent(event.attributes, classOf).metadata)),
      )
    }
    if (links.length === 0) return
    columns.link_trace_ids.set(
      row,
      links.map((link) => link.traceId),
    )
    columns.link_span_ids.set(
      row,
      links.map((link) => link.spanId),
    )
    columns.link_trace_states.set(
      row,
      links.map((link) => link.traceState ?? ''),
    )
    columns.link_attributes.set(
      row,
      links.map((link) => encodeAttributeMap(link.attributes)),
    )
  }
}

/** Rare, or set by assembly, which runs on what is read; they have no column. */
const keptFields = ['checks', 'duplicateOf', 'inherited', 'parentMissing'] as const

export function redactionColumns(redactions: readonly Redaction[]): {
  redaction_rules: string[]
  redaction_paths: string[]
  redaction_counts: number[]
} {
  return {
    redaction_rules: redactions.map((redaction) => redaction.rule),
    redaction_paths: redactions.map((redaction) => redaction.path),
    redaction_counts: redactions.map((redaction) =>
      Math.max(0, Math.min(Math.trunc(redaction.count), 0xffffffff)),
    ),
  }
}

export function toUnsigned64(unixNano: string): bigint {
  if (!/^\d{1,20}$/.test(unixNano)) return 0n
  const value = BigInt(unixNano)
  return value < 2n ** 64n ? value : 0n
}
