import type { CanonicalSpan, Redaction, SpanState } from '../span/canonical.ts'
import type { AttributeMap, AttributeValue, DecodedSpan } from '../span/decoded.ts'
import { type Dialect, detectDialect } from './detect-dialect.ts'
import { readDialect } from './dialects/read-dialect.ts'
import { type Draft, jsonAttribute } from './draft.ts'
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
import { toFlatGroups } from './flat-groups.ts'
import { resolvePendingSpan } from './pending-span.ts'
import { asText, isRecord, toText } from './value.ts'

/**
 * One decoded span of any dialect as one canonical span. Pure, and never throws: what it can't read stays
 * in `attributes` as it came.
 */
export function toCanonical(decoded: DecodedSpan): CanonicalSpan {
  const span = resolvePendingSpan(decoded)
  const draft = openDraft(span)
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

function openDraft(span: DecodedSpan): Draft {
  const dialect = detectDialect(span)
  const sources: { [field: string]: string } = {}
  return {
    span,
    attributes: span.attributes,
    dialect,
    flat: toFlatGroups(span.attributes),
    facts: readDialect(dialect, span),
    out: frame(span, dialect),
    sources,
    moved: new Set(),
  }
}

/** What every span has, whatever its dialect. */
function frame(span: DecodedSpan, dialect: Dialect): CanonicalSpan {
  const state = readState(span)
  const hasEnded = span.endTimeUnixNano !== '0' && span.endTimeUnixNano !== ''
  return {
    traceId: span.traceId,
    spanId: span.spanId,
    ...(span.parentSpanId === undefined ? {} : { parentSpanId: span.parentSpanId }),
    name: span.name,
    kind: 'UNKNOWN',
    scope: span.scope.name,
    ...(span.scope.version === undefined ? {} : { scopeVersion: span.scope.version }),
    dialect,
    state,
    startTimeUnixNano: span.startTimeUnixNano,
    ...(hasEnded && state !== 'running'
      ? {
          endTimeUnixNano: span.endTimeUnixNano,
          durationNs: durationNs(span.startTimeUnixNano, span.endTimeUnixNano),
        }
      : {}),
    status: 'unset',
    ...resourceFields(span),
    attributes: {},
    resource: span.resource,
    events: span.events.map((event) => ({ ...event })),
    links: span.links.map((link) => ({ ...link })),
    otlp: {
      kind: span.otlpKind,
      statusCode: span.statusCode,
      ...(span.traceState === undefined ? {} : { traceState: span.traceState }),
      ...(span.flags === undefined ? {} : { flags: span.flags }),
    },
  }
}

function readState(span: DecodedSpan): SpanState {
  if (span.attributes['clew.span.state'] === 'running') return 'running'
  return span.endTimeUnixNano === '0' || span.endTimeUnixNano === '' ? 'running' : 'ended'
}

/** Clocks step back; a duration below zero is none. */
function durationNs(start: string, end: string): string {
  try {
    const duration = BigInt(end) - BigInt(start)
    return duration < 0n ? '0' : duration.toString()
  } catch {
    return '0'
  }
}

function resourceFields(span: DecodedSpan): Partial<CanonicalSpan> {
  const { resource, attributes } = span
  const name = toText(resource['service.name'])
  const version =
    toText(resource['service.version']) ??
    toText(attributes['langfuse.release']) ??
    toText(attributes['service.version'])
  const environment =
    toText(resource['deployment.environment.name']) ??
    toText(resource['deployment.environment']) ??
    toText(attributes['deployment.environment.name']) ??
    toText(attributes['langfuse.environment'])
  return {
    ...(name === undefined ? {} : { serviceName: name }),
    ...(version === undefined ? {} : { serviceVersion: version }),
    ...(environment === undefined ? {} : { environment }),
  }
}

function closeDraft(draft: Draft): CanonicalSpan {
  const { out, sources } = draft
  out.attributes = remaining(draft)
  const redactions = readRedactions(draft.attributes)
  if (redactions !== undefined) out.redactions = redactions
  out.sources = sources
  return out
}

/** An AnyValue with no value set says nothing, and is left behind like the moved keys. */
function remaining(draft: Draft): { [key: string]: AttributeValue } {
  const { attributes, moved } = draft
  const kept: { [key: string]: AttributeValue } = Object.create(null)
  for (const key in attributes) {
    const value = attributes[key]
    if (value !== undefined && value !== null && !moved.has(key)) kept[key] = value
  }
  return kept
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
