import type { PrivacyClass } from '@clew/semconv/attributes'
import type { AttributeMap, CanonicalSpan } from '@clew/semconv/span'
import { ArrayColumn, MapColumn } from '../native/nested-columns.ts'
import { NumberColumn, TextColumn } from '../native/scalar-columns.ts'
import { NativeBlock } from '../native/native-block.ts'
import { encodeAttributeMap } from './any-value.ts'
import type { KeyColumns } from './key-columns.ts'
import { toPreview } from './preview.ts'
import { ScalarColumns } from './scalar-columns.ts'
import { asFields, encodeRest } from './scalars.ts'
import type { Fields, Rest } from './scalars.ts'
import type { SpanRecord } from './span-block.ts'
import { contentFields, contentLists, spanFields } from './span-fields.ts'
import { isContent, splitContent } from './split-content.ts'
import { ContentValueColumn } from './content-value.ts'

/** Rows of `span_content`, one for each span that says something. */
export class ContentBlock {
  private readonly classOf: (key: string) => PrivacyClass
  private isSaid = false
  private readonly key: KeyColumns
  private records: SpanRecord[] = []
  private readonly scalars = new ScalarColumns(contentFields, knownFields)
  private readonly columns = {
    retention_days: new NumberColumn('UInt16'),
    input_preview: new TextColumn(),
    output_preview: new TextColumn(),
    input_messages: new TextColumn(),
    output_messages: new TextColumn(),
    output_tool_calls: new TextColumn(),
    documents: new TextColumn(),
    evidence: new ArrayColumn(new TextColumn()),
    attributes: new MapColumn(new ContentValueColumn()),
    event_attributes: new ArrayColumn(new TextColumn()),
    rest: new TextColumn(),
  }
  private readonly block: NativeBlock

  constructor(classOf: (key: string) => PrivacyClass, key: KeyColumns) {
    this.classOf = classOf
    this.key = key
    this.block = new NativeBlock({ ...this.columns, ...this.scalars.columns }, key.columns)
  }

  add(record: SpanRecord): void {
    const { span, owner } = record
    if (!this.setContent(span)) return
    this.records.push(record)
    this.columns.retention_days.set(this.block.rows, owner.retention.contentDays)
    this.block.rows += 1
  }

  /** Undefined where no span said anything. */
  take(): Buffer | undefined {
    if (this.block.rows === 0) return undefined
    this.key.hold(this.records)
    const bytes = this.block.take()
    this.records = []
    return bytes
  }

  clear(): void {
    this.block.clear()
    this.records = []
  }

  private setContent(span: CanonicalSpan): boolean {
    const { columns } = this
    this.isSaid = false
    const rest = this.setScalars(asFields(span) ?? {})
    if (span.input) this.say(columns.input_preview, toPreview(span.input))
    if (span.output) this.say(columns.output_preview, toPreview(span.output))
    for (const { key, column } of contentLists) {
      if (span[key]) this.say(columns[column], JSON.stringify(span[key]))
    }
    if (span.evidence?.length) this.say(columns.evidence, span.evidence)
    else if (span.evidence) rest['evidence'] = []
    this.setAttributes(span.attributes)
    if (span.events.length > 0) this.setEvents(span.events)
    const kept = encodeRest(rest)
    if (kept !== '') this.say(columns.rest, kept)
    return this.isSaid
  }

  /** A field that this store doesn't know is kept, and as content, since it may be that. */
  private setScalars(fields: Fields): Rest {
    const rest = this.scalars.startRow(this.block.rows)
    for (const key in fields) {
      const value = fields[key]
      if (value === undefined) continue
      const placing = this.scalars.place(key, value)
      if (placing === 'set') this.isSaid = true
      else if (placing === 'unknown') rest[key] = value
    }
    return rest
  }

  private say<Value>(column: { set(row: number, value: Value): void }, value: Value): void {
    column.set(this.block.rows, value)
    this.isSaid = true
  }

  private setAttributes(attributes: AttributeMap): void {
    for (const key in attributes) {
      const value = attributes[key]
      if (value === undefined || !isContent(this.classOf(key), value)) continue
      this.columns.attributes.put(this.block.rows, key, value)
      this.isSaid = true
    }
  }

  private setEvents(events: CanonicalSpan['events']): void {
    const texts = events.map((event) =>
      encodeAttributeMap(splitContent(event.attributes, this.classOf).content),
    )
    if (texts.some((text) => text !== '')) this.say(this.columns.event_attributes, texts)
  }
}

/** What the other columns and tables hold. */
const knownFields: readonly string[] = [
  [...spanFields, ...contentFields].map((field) => field.group ?? field.key),
  contentLists.map((list) => list.key),
  ['traceId', 'spanId', 'parentSpanId', 'startTimeUnixNano', 'endTimeUnixNano', 'durationNs', 'tags'],
  [
    'evidence',
    'reportedCost',
    'computedCost',
    'sources',
    'redactions',
    'checks',
    'duplicateOf',
    'inherited',
    'parentMissing',
  ],
  ['attributes', 'resource', 'events', 'links'],
].flat()
