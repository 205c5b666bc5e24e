import { createLedger, type RedactionLedger, type Redactor } from '@clew/privacy'
import type { CanonicalLog } from '@clew/semconv/span'

/** Structure: set by OTLP or by us, never by what a user or a model wrote. */
const structural: ReadonlySet<string> = new Set(['traceId', 'spanId', 'timeUnixNano', 'redactions'])

/**
 * Takes secrets out of a log record's body, attributes and resource. New fields are covered by default, since
 * only the structural ones are left out.
 */
export function redactLog(log: CanonicalLog, redactor: Redactor): CanonicalLog {
  const ledger = createLedger()
  let redacted: CanonicalLog | undefined
  for (const key of ownKeys(log)) {
    if (structural.has(key)) continue
    const value = log[key]
    const clean = redactField({ value, key, redactor, ledger })
    if (clean === value) continue
    redacted = { ...(redacted ?? log), [key]: clean }
  }
  if (redacted === undefined) return log
  redacted.redactions = [...(log.redactions ?? []), ...ledger.entries()]
  return redacted
}

function redactField<Value>(args: {
  value: Value
  key: string
  redactor: Redactor
  ledger: RedactionLedger
}): Value {
  const { value, key, redactor, ledger } = args
  const isKeyed = key === 'attributes' || key === 'resource'
  return isKeyed && typeof value === 'object' && value !== null
    ? redactor.redactAttributes(value, key, ledger)
    : redactor.redactValue(value, key, ledger)
}

function ownKeys(log: CanonicalLog): (keyof CanonicalLog)[] {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the keys of a literal of our own
  return Object.keys(log) as (keyof CanonicalLog)[]
}
