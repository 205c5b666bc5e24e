import { createLedger, type RedactionLedger, type Redactor } from '@clew/privacy'
import type { AttributeValue, CanonicalLog, CanonicalSpan, Redaction } from '@clew/semconv/span'

/** Structure and provenance: set by OTLP or by us, never by what a user or a model wrote. */
const structural: ReadonlySet<string> = new Set([
  'traceId',
  'spanId',
  'parentSpanId',
  'kind',
  'dialect',
  'state',
  'startTimeUnixNano',
  'endTimeUnixNano',
  'durationNs',
  'timeUnixNano',
  'status',
  'redactions',
  'sources',
  'otlp',
])

/**
 * Takes secrets out of every text of a span: attributes, resource, events, links, status and all content.
 * New fields are covered by default, since only the structural ones are left out.
 */
export function redactSpan(span: CanonicalSpan, redactor: Redactor): CanonicalSpan {
  return redactRecord(span, redactor)
}

/** Takes secrets out of a log record's body, attributes and resource. */
export function redactLog(log: CanonicalLog, redactor: Redactor): CanonicalLog {
  return redactRecord(log, redactor)
}

interface Redactable {
  attributes: { [key: string]: AttributeValue }
  resource: { [key: string]: AttributeValue }
  redactions?: Redaction[]
}

function redactRecord<Record extends Redactable>(record: Record, redactor: Redactor): Record {
  const ledger = createLedger()
  let redacted: Record | undefined
  for (const key of ownKeys(record)) {
    if (structural.has(key)) continue
    const value = record[key]
    const clean = redactField({ value, key, redactor, ledger })
    if (clean === value) continue
    redacted ??= { ...record }
    redacted[key] = clean
  }
  if (redacted === undefined) return record
  redacted.redactions = [...(record.redactions ?? []), ...ledger.entries()]
  return redacted
}

interface FieldArguments<Value> {
  value: Value
  key: string
  redactor: Redactor
  ledger: RedactionLedger
}

function redactField<Value>({ value, key, redactor, ledger }: FieldArguments<Value>): Value {
  const isKeyed = key === 'attributes' || key === 'resource'
  return isKeyed && typeof value === 'object' && value !== null
    ? redactor.redactAttributes(value, key, ledger)
    : redactor.redactValue(value, key, ledger)
}

function ownKeys<Record extends object>(record: Record): Extract<keyof Record, string>[] {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the keys of a literal of our own
  return Object.keys(record) as Extract<keyof Record, string>[]
}
