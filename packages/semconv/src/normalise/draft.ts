import type { CanonicalSpan, Message, RetrievedDocument, SpanKind, Tool, Usage } from '../span/canonical.ts'
import type { AttributeMap, AttributeValue, DecodedSpan } from '../span/decoded.ts'
import { toJsonValue } from '../span/to-wire.ts'
import type { Dialect } from './detect-dialect.ts'
import type { AttributeShape } from './attribute-shape.ts'
import type { KeyList } from './key-list.ts'
import { type Source, SourcePaths, type SourceStep, findSource } from './source-path.ts'
import { type JsonRecord, asText, isList, isMap, parseJson, toText } from './value.ts'

/**
 * A span on its way to canonical form. `out` is filled field group by field group; `moved` names the raw
 * keys whose exact value stands in a content field of `out`, so that it is not stored a second time.
 */
export interface Draft {
  readonly span: DecodedSpan
  readonly attributes: AttributeMap
  readonly dialect: Dialect
  readonly shape: AttributeShape
  readonly facts: DialectFacts
  /** The `metadata` attribute, where frameworks keep identity as JSON. */
  readonly metadata: JsonRecord | undefined
  readonly out: CanonicalSpan
  /** The last note of where a field came from. */
  noted: SourceStep
  moved: Set<string> | undefined
  /** Messages that stand as JSON text in one attribute stay there and are not written out. */
  readonly keepsMessages: boolean
  readonly said: Said
}

/** What was said on the span, whether or not its messages are written out. */
export interface Said {
  lastUser?: string
  lastAssistant?: string
}

/** A value with the raw key it came from; the rule says how. */
export interface Fact<Value> {
  value: Value
  key: string
  rule?: string
}

/** Usage whose counters stand under keys of their own, where `key` alone would not tell. */
export interface UsageFact extends Fact<Usage> {
  keys?: { [counter in keyof Usage]?: string }
  /** The total as sent, to be checked against the parts. */
  sentTotal?: number
}

/** A tool whose arguments and result stand under keys of their own. */
export interface ToolFact extends Fact<Tool> {
  keys?: { [field in keyof Tool]?: string }
}

/** What only a dialect's own reader can know. Field groups place each fact by their precedence. */
export interface DialectFacts {
  kind?: Fact<SpanKind>
  agentId?: Fact<string>
  agentName?: Fact<string>
  model?: Fact<string>
  requestModel?: Fact<string>
  finishReason?: Fact<string>
  /** Already in the canonical basis. */
  usage?: UsageFact
  cost?: Fact<{ input?: number; output?: number; total?: number }>
  input?: Fact<string>
  output?: Fact<string>
  inputMessages?: Fact<Message[]>
  outputMessages?: Fact<Message[]>
  tool?: ToolFact
  failed?: Fact<boolean>
  errorType?: Fact<string>
  errorMessage?: Fact<string>
  sessionId?: Fact<string>
  userId?: Fact<string>
  workflowName?: Fact<string>
  timeToFirstTokenMs?: Fact<number>
  approval?: Fact<NonNullable<CanonicalSpan['approval']>>
  documents?: Fact<RetrievedDocument[]>
}

/** The first of the keys that holds text. */
export function firstText(draft: Draft, list: KeyList): Fact<string> | undefined {
  for (const key of draft.shape.present(list)) {
    const value = toText(draft.attributes[key])
    if (value !== undefined) return { value, key }
  }
  return undefined
}

/** The first of the names that the metadata JSON has as text. */
export function fromMetadata(draft: Draft, names: readonly string[]): Fact<string> | undefined {
  if (draft.metadata === undefined) return undefined
  for (const name of names) {
    const value = asText(draft.metadata[name])
    if (value !== undefined) return { value, key: 'metadata', rule: name }
  }
  return undefined
}

/** Text of a content key; lists and maps of the wire become JSON text. */
export function contentText(value: AttributeValue | undefined): string | undefined {
  if (isList(value) || isMap(value)) return JSON.stringify(toJsonValue(value))
  return toText(value)
}

/** An attribute that holds JSON in a string, or the same natively. */
export function jsonAttribute(attributes: AttributeMap, key: string): ReturnType<typeof parseJson> {
  const value = attributes[key]
  if (typeof value === 'string') return parseJson(value)
  if (!isList(value) && !isMap(value)) return undefined
  const json = toJsonValue(value)
  return typeof json === 'object' && json !== null ? json : undefined
}

export function jsonRecord(attributes: AttributeMap, key: string): JsonRecord | undefined {
  const json = jsonAttribute(attributes, key)
  return json === undefined || Array.isArray(json) ? undefined : json
}

/** Series of notes are the same for everybody who makes them; the memo only saves making them again. */
const paths = new SourcePaths()

/** Where a span stands before anything is noted of it. */
export function firstNote(): SourceStep {
  return paths.start()
}

/** Notes where a field came from. */
export function note(draft: Draft, field: string, source: Source): void {
  draft.noted = paths.step(draft.noted, field, source)
}

/** Says more about how a field was read that is noted already. */
export function amendNote(draft: Draft, field: string, more: string): void {
  const known = findSource(draft.noted, field)
  if (known !== undefined) note(draft, field, { key: known.key, rule: `${known.rule}${more}` })
}

/** The raw key that a field was noted to come from. */
export function notedKey(draft: Draft, field: string): string | undefined {
  return findSource(draft.noted, field)?.key
}

/** Marks a raw key whose exact value stands in a content field. */
export function move(draft: Draft, key: string): void {
  draft.moved ??= new Set()
  draft.moved.add(key)
}
