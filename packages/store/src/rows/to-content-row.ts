import type { AttributeMap, CanonicalSpan } from '@clew/semconv/span'
import { encodeAnyValue, encodeAttributeMap } from './any-value.ts'
import { asFields, encodeRest, placeScalars } from './scalars.ts'
import type { Rest, Row } from './scalars.ts'
import { contentFields, contentLists, spanFields } from './span-fields.ts'

/** Characters of an input or output that lists and trees may show. */
export const previewCharsMax = 400

/** The content columns of a span, or nothing where it has no content. */
export function toContentRow(args: {
  span: CanonicalSpan
  attributes: AttributeMap
  events: readonly AttributeMap[]
}): Row | undefined {
  const { span, attributes, events } = args
  const row: Row = {}
  const rest: Rest = unknownFields(span)
  placeScalars({ span: asFields(span) ?? {}, fields: contentFields, row, rest })
  if (span.input) row['input_preview'] = toPreview(span.input)
  if (span.output) row['output_preview'] = toPreview(span.output)
  for (const { key, column } of contentLists) if (span[key]) row[column] = JSON.stringify(span[key])
  if (span.evidence?.length) row['evidence'] = span.evidence
  else if (span.evidence) rest['evidence'] = []
  const contentAttributes = Object.entries(attributes)
  if (contentAttributes.length > 0) row['attributes'] = encodeMap(contentAttributes)
  const eventTexts = events.map(encodeAttributeMap)
  if (eventTexts.some((text) => text !== '')) row['event_attributes'] = eventTexts
  if (Object.keys(rest).length > 0) row['rest'] = encodeRest(rest)
  return Object.keys(row).length === 0 ? undefined : row
}

function toPreview(text: string): string {
  return text.length <= previewCharsMax ? text : text.slice(0, previewCharsMax)
}

function encodeMap(entries: [string, AttributeMap[string]][]): { [key: string]: string } {
  const map: { [key: string]: string } = Object.create(null)
  for (const [key, value] of entries) map[key] = encodeAnyValue(value)
  return map
}

/** A field that this store doesn't know is kept, and as content, since it may be that. */
function unknownFields(span: CanonicalSpan): Rest {
  const rest: Rest = {}
  for (const [key, value] of Object.entries(span))
    if (!knownFields.has(key) && value !== undefined) rest[key] = value
  return rest
}

const knownFields: ReadonlySet<string> = new Set(
  [
    [...spanFields, ...contentFields].map((field) => field.group ?? field.key),
    contentLists.map((list) => list.key),
    ['traceId', 'spanId', 'parentSpanId', 'startTimeUnixNano', 'endTimeUnixNano', 'durationNs', 'tags'],
    ['evidence', 'reportedCost', 'sources', 'redactions', 'duplicateOf', 'inherited', 'parentMissing'],
    ['attributes', 'resource', 'events', 'links'],
  ].flat(),
)
