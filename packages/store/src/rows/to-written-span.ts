import { assemblyInputs } from '@clew/domain'
import { toJsonValue } from '@clew/semconv/span'
import type { CanonicalSpan, JsonValue, WireSpan } from '@clew/semconv/span'
import type { RowOwner } from '../insert/batch.ts'
import { toRecord } from './any-value.ts'
import { toPreview } from './preview.ts'
import { toReceiptFields } from './receipt-fields.ts'
import { asFields } from './scalars.ts'
import type { Fields, Rest } from './scalars.ts'
import { toUnsigned64 } from './span-block.ts'
import { spanFields } from './span-fields.ts'
import { spanVersion } from './span-version.ts'
import { durationOf } from './to-preview-span.ts'
import { asWireSpan } from './to-wire-span.ts'

/** What a summary needs of a span that was written, and about how many bytes it takes in memory. */
export interface WrittenSpan {
  span: WireSpan
  /** As `readSpanKeys` gives it. */
  version: string
  bytes: number
}

/** What the objects of such a span take, texts aside. */
const objectBytes = 1500

/** As a time comes back; what is longer than that is no time that can be stored. */
const plainTime = /^[1-9]\d{0,18}$/
const loneSurrogate = /\p{Surrogate}/u

/** Fields and groups of fields that a summary looks at; the keys of each group. */
const ownKeys: string[] = []
const groupKeys = new Map<string, string[]>()
for (const { group, key } of spanFields) {
  if (assemblyInputs.unread.has(group ?? key)) continue
  if (group === undefined) ownKeys.push(key)
  else groupKeys.set(group, [...(groupKeys.get(group) ?? []), key])
}

/**
 * What `readSpansToSummarise` will give of the span once it is written, without asking. Undefined where the tables may
 * give something else back (half a surrogate pair, a number that JSON doesn't know): then it has to be read.
 */
export function toWrittenSpan(args: {
  owner: RowOwner
  span: CanonicalSpan
  /** Its place in its batch. */
  index: number
}): WrittenSpan | undefined {
  const { owner, span, index } = args
  if (isAssembled(span) || !plainTime.test(span.startTimeUnixNano)) return undefined
  const copy: Copy = { chars: 0, isExact: true }
  const lean: Rest = {
    traceId: span.traceId,
    spanId: span.spanId,
    startTimeUnixNano: span.startTimeUnixNano,
    name: '',
    scope: '',
    dialect: '',
  }
  if (span.parentSpanId !== undefined) lean['parentSpanId'] = span.parentSpanId
  takeFields(span, lean, copy)
  takeTimes(span, lean, owner)
  takeLists(span, lean, copy)
  takePreviews(span, lean, copy)
  if (!copy.isExact) return undefined
  const version = spanVersion({ span, receivedAtMs: owner.receivedAtMs, index }).toString()
  return { span: asWireSpan(lean), version, bytes: objectBytes + copy.chars }
}

interface Copy {
  chars: number
  /** False once a value would come back changed. */
  isExact: boolean
}

/** Set by assembly, which runs on what is read. */
function isAssembled({ duplicateOf, inherited, parentMissing }: CanonicalSpan): boolean {
  return duplicateOf !== undefined || inherited !== undefined || parentMissing !== undefined
}

function takeFields(span: CanonicalSpan, lean: Rest, copy: Copy): void {
  const fields = asFields(span) ?? {}
  for (const key of ownKeys) {
    const value = fields[key]
    if (value !== undefined) lean[key] = copyScalar(value, copy)
  }
  for (const [group, keys] of groupKeys) {
    const value = fields[group]
    if (value !== undefined) takeGroup({ group, keys, value, lean, copy })
  }
  for (const group of ['reportedCost', 'computedCost'] as const) {
    const value = span[group]
    if (value !== undefined) takeGroup({ group, keys: Object.keys(value), value, lean, copy })
  }
}

/** A group without any of its keys is kept as such; one that has only others is not there. */
function takeGroup(args: {
  group: string
  keys: readonly string[]
  value: unknown
  lean: Rest
  copy: Copy
}): void {
  const { group, keys, value, lean, copy } = args
  const fields: Fields | undefined = asFields(value)
  if (fields === undefined) {
    copy.isExact = false
    return
  }
  const kept: Rest = {}
  let isSet = Object.keys(fields).length === 0
  for (const key of keys) {
    const field = fields[key]
    if (field === undefined) continue
    kept[key] = copyScalar(field, copy)
    isSet = true
  }
  if (isSet) lean[group] = kept
}

function copyScalar(value: unknown, copy: Copy): unknown {
  if (typeof value === 'string') return copyText(value, copy)
  if (typeof value !== 'number' || !Number.isFinite(value) || Object.is(value, -0)) copy.isExact = false
  return value
}

function copyText(text: string, copy: Copy): string {
  copy.chars += text.length
  if (loneSurrogate.test(text)) copy.isExact = false
  return text
}

function takeTimes(span: CanonicalSpan, lean: Rest, { receivedAtMs }: RowOwner): void {
  const { startTimeUnixNano, endTimeUnixNano, durationNs, state } = span
  if (endTimeUnixNano !== undefined) lean['endTimeUnixNano'] = endTimeUnixNano
  if (durationNs !== undefined) lean['durationNs'] = durationNs
  const receipt = toReceiptFields({
    isRunning: state === 'running',
    startNs: startTimeUnixNano,
    durationNs: durationOf(span),
    receivedMs: Math.trunc(receivedAtMs),
  })
  Object.assign(lean, receipt)
}

function takeLists(span: CanonicalSpan, lean: Rest, copy: Copy): void {
  const { tags, sources, outputToolCalls } = span
  if (tags !== undefined) lean['tags'] = tags.map((tag) => copyText(tag, copy))
  if (sources !== undefined) takeSources(sources, lean)
  if (outputToolCalls !== undefined && outputToolCalls.length > 0) {
    lean['outputToolCalls'] = outputToolCalls.map(({ id, name }) => ({
      ...(id && { id: copyText(id, copy) }),
      name: copyText(name, copy),
    }))
  }
  lean['attributes'] = toRecord(keptAttributes(span, copy))
  lean['resource'] = toRecord([])
  lean['events'] = span.events.map(({ name, timeUnixNano }) => ({
    name: copyText(name, copy),
    timeUnixNano: String(toUnsigned64(timeUnixNano)),
    attributes: toRecord([]),
  }))
  lean['links'] = span.links.map(({ traceId, spanId }) => ({ traceId, spanId, attributes: toRecord([]) }))
}

function takeSources(sources: { [field: string]: string }, lean: Rest): void {
  const kept: { [field: string]: string } = {}
  for (const field of assemblyInputs.sources) {
    const source = sources[field]
    if (source !== undefined) kept[field] = source
  }
  if (Object.keys(kept).length > 0 || Object.keys(sources).length === 0) lean['sources'] = kept
}

function keptAttributes({ attributes }: CanonicalSpan, copy: Copy): [string, JsonValue][] {
  const kept: [string, JsonValue][] = []
  for (const key of assemblyInputs.attributes) {
    const value = attributes[key]
    if (typeof value !== 'string' && typeof value !== 'bigint') continue
    // What is longer is content, and what is greater lies in no column that assembly looks into.
    if (typeof value === 'string' ? value.length > 1024 : BigInt.asIntN(64, value) !== value) continue
    kept.push([key, typeof value === 'string' ? copyText(value, copy) : toJsonValue(value)])
  }
  return kept
}

/** Copied as bytes: a slice would keep the whole text in memory. */
function takePreviews(span: CanonicalSpan, lean: Rest, copy: Copy): void {
  for (const key of ['input', 'output'] as const) {
    const text = span[key]
    if (text) lean[key] = copyText(Buffer.from(toPreview(text)).toString(), copy)
    const mime = span[`${key}Mime`]
    if (mime) lean[`${key}Mime`] = copyText(mime, copy)
  }
}
