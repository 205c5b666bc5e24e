import type { CanonicalSpan, Redaction, SpanState } from '../span/canonical.ts'
import type { AttributeMap, AttributeValue, DecodedSpan } from '../span/decoded.ts'
import { ShapeMemo } from './attribute-shape.ts'
import { durationBetween } from '../span/duration-between.ts'
import { type Dialect, detectDialect } from './detect-dialect.ts'
import { readDialect } from './dialects/read-dialect.ts'
import { type Draft, firstNote, jsonAttribute, jsonRecord, note } from './draft.ts'
import { fillAgent } from './fields/fill-agent.ts'
import { fillCost } from './fields/fill-cost.ts'
import { fillDocuments } from './fields/fill-documents.ts'
import { fillIdentity } from './fields/fill-identity.ts'
import { fillIo } from './fields/fill-io.ts'
import { fillKind } from './fields/fill-kind.ts'
import { fillMessages } from './fields/fill-messages.ts'
import { fillModel } from './fields/fill-model.ts'
import { fillRecords } from './fields/fill-records.ts'
import { fillStatus } from './fields/fill-status.ts'
import { fillTool } from './fields/fill-tool.ts'
import { fillUsage } from './fields/fill-usage.ts'
import { normaliserVersion } from './normaliser-version.ts'
import { resolvePendingSpan } from './pending-span.ts'
import { sourcesUpTo } from './source-path.ts'
import { asText, isRecord, toText } from './value.ts'

/** What shapes tell is the same for everybody who asks; the memo only saves asking again. */
const shapes = new ShapeMemo()

/**
 * One decoded span of any dialect as one canonical span. Pure, and never throws: what it can't read stays
 * in `attributes` as it came.
 */
export function toCanonical(decoded: DecodedSpan): CanonicalSpan {
  return normalise(decoded, { keepsMessages: false })
}

/**
 * As `toCanonical`, for storing: messages that stand as JSON text in one attribute stay there, since a
 * conversation is sent again with each call and seldom opened. `readKeptMessages` reads them on the way out.
 */
export function toStored(decoded: DecodedSpan): CanonicalSpan {
  return normalise(decoded, { keepsMessages: true })
}

function normalise(decoded: DecodedSpan, options: { keepsMessages: boolean }): CanonicalSpan {
  const draft = openDraft(resolvePendingSpan(decoded), options)
  fillModel(draft)
  fillUsage(draft)
  fillKind(draft)
  fillStatus(draft)
  fillMessages(draft)
  fillIo(draft)
  fillTool(draft)
  fillAgent(draft)
  fillIdentity(draft)
  fillDocuments(draft)
  fillCost(draft)
  fillRecords(draft)
  return closeDraft(draft)
}

function openDraft(span: DecodedSpan, { keepsMessages }: { keepsMessages: boolean }): Draft {
  const shape = shapes.shapeOf(span.attributes)
  const dialect = detectDialect(span, shape)
  return {
    span,
    attributes: span.attributes,
    dialect,
    shape,
    facts: readDialect(dialect, span),
    metadata: span.attributes['metadata'] === undefined ? undefined : jsonRecord(span.attributes, 'metadata'),
    out: frame(span, dialect),
    noted: firstNote(),
    moved: undefined,
    keepsMessages,
    said: {},
  }
}

/** What every span has, whatever its dialect. Assigned, not spread: this runs for each span that comes in. */
function frame(span: DecodedSpan, dialect: Dialect): CanonicalSpan {
  const state = readState(span)
  const out: CanonicalSpan = {
    traceId: span.traceId,
    spanId: span.spanId,
    name: span.name,
    kind: 'UNKNOWN',
    scope: span.scope.name,
    dialect,
    state,
    startTimeUnixNano: span.startTimeUnixNano,
    status: 'unset',
    attributes: {},
    resource: span.resource,
    events: span.events.map(({ name, timeUnixNano, attributes }) => ({ name, timeUnixNano, attributes })),
    links: span.links.map((link) => ({ ...link })),
    otlp: { kind: span.otlpKind, statusCode: span.statusCode },
  }
  if (span.parentSpanId !== undefined) out.parentSpanId = span.parentSpanId
  if (span.scope.version !== undefined) out.scopeVersion = span.scope.version
  if (state !== 'running') {
    out.endTimeUnixNano = span.endTimeUnixNano
    out.durationNs = durationNs(span.startTimeUnixNano, span.endTimeUnixNano)
  }
  if (out.otlp && span.traceState !== undefined) out.otlp.traceState = span.traceState
  if (out.otlp && span.flags !== undefined) out.otlp.flags = span.flags
  fillService(span, out)
  return out
}

/** A sender that goes away ends its open spans as lost; their end is when it went. */
function readState(span: DecodedSpan): SpanState {
  const told = span.attributes['clew.span.state']
  const hasEnd = span.endTimeUnixNano !== '0' && span.endTimeUnixNano !== ''
  if (told === 'running' || !hasEnd) return 'running'
  return told === 'lost' ? 'lost' : 'ended'
}

function durationNs(start: string, end: string): string {
  try {
    return durationBetween(start, end)
  } catch {
    return '0'
  }
}

function fillService(span: DecodedSpan, out: CanonicalSpan): void {
  const { resource, attributes } = span
  const name = toText(resource['service.name'])
  if (name !== undefined) out.serviceName = name
  const version =
    toText(attributes['langfuse.release']) ??
    toText(resource['service.version']) ??
    toText(attributes['service.version'])
  if (version !== undefined) out.serviceVersion = version
  const environment =
    toText(resource['deployment.environment.name']) ??
    toText(resource['deployment.environment']) ??
    toText(attributes['deployment.environment.name']) ??
    toText(attributes['langfuse.environment'])
  if (environment !== undefined) out.environment = environment
}

function closeDraft(draft: Draft): CanonicalSpan {
  const { out } = draft
  out.attributes = remaining(draft)
  const redactions = readRedactions(draft.attributes)
  if (redactions !== undefined) {
    out.redactions = redactions
    note(draft, 'redactions', { key: 'clew.redactions', rule: 'json' })
  }
  out.sources = sourcesUpTo(draft.noted)
  out.normaliserVersion = normaliserVersion
  return out
}

/** An AnyValue with no value set says nothing, and is left behind like the moved keys. */
function remaining({ attributes, moved }: Draft): AttributeMap {
  if (moved === undefined && isSaid(attributes)) return attributes
  const kept: { [key: string]: AttributeValue } = {}
  for (const key in attributes) {
    const value = attributes[key]
    if (value === undefined || value === null || moved?.has(key) === true) continue
    if (key === '__proto__') defineOwn(kept, key, value)
    else kept[key] = value
  }
  return kept
}

function isSaid(attributes: AttributeMap): boolean {
  for (const key in attributes) if (attributes[key] === undefined || attributes[key] === null) return false
  return true
}

/** An assignment to this key would set the prototype instead. */
function defineOwn(record: { [key: string]: AttributeValue }, key: string, value: AttributeValue): void {
  Object.defineProperty(record, key, { value, writable: true, enumerable: true, configurable: true })
}

/** The ledger of what the sender redacted at the source. */
function readRedactions(attributes: AttributeMap): Redaction[] | undefined {
  if (attributes['clew.redactions'] === undefined) return undefined
  const json = jsonAttribute(attributes, 'clew.redactions')
  if (!Array.isArray(json)) return undefined
  const redactions = json.flatMap((entry) => {
    if (!isRecord(entry)) return []
    const rule = asText(entry['rule'])
    const path = asText(entry['path'])
    const { count } = entry
    return rule === undefined || path === undefined || typeof count !== 'number'
      ? []
      : [{ rule, path, count }]
  })
  return redactions.length === 0 ? undefined : redactions
}
