import { createLedger, type RedactionEntry, type Redactor } from '@clew/privacy'
import type { AttributeMap, DecodedScope, DecodedSpan } from '@clew/semconv/span'

/** A resource and scope without secrets, and what was taken out of them. */
export interface CleanContext {
  resource: AttributeMap
  scope: DecodedScope
  redactions: RedactionEntry[]
}

/** What many spans share is redacted once. */
export function redactContext(
  context: { resource: AttributeMap; scope: DecodedScope },
  redactor: Redactor,
): CleanContext {
  const ledger = createLedger()
  return {
    resource: redactor.redactAttributes(context.resource, 'resource', ledger),
    scope: redactor.redactValue(context.scope, 'scope', ledger),
    redactions: ledger.entries(),
  }
}

/**
 * Takes secrets out of every text of a span as it came: name, status, attributes, events and links. It runs before
 * normalisation, so that each text is searched once, and nothing derived from it can hold what it no longer has.
 */
export function redactSpan(
  span: DecodedSpan,
  redactor: Redactor,
): { span: DecodedSpan; redactions: RedactionEntry[] } {
  const ledger = createLedger()
  const name = redactor.redactText(span.name, 'name', ledger)
  const attributes = redactor.redactAttributes(span.attributes, 'attributes', ledger)
  const events = redactor.redactValue(span.events, 'events', ledger)
  const links = redactor.redactValue(span.links, 'links', ledger)
  const { statusMessage: message, traceState: state } = span
  const statusMessage = message && redactor.redactText(message, 'statusMessage', ledger)
  const traceState = state && redactor.redactText(state, 'traceState', ledger)
  const redactions = ledger.entries()
  if (redactions.length === 0) return { span, redactions }
  return {
    span: {
      ...span,
      name,
      attributes,
      events,
      links,
      ...(statusMessage === undefined ? {} : { statusMessage }),
      ...(traceState === undefined ? {} : { traceState }),
    },
    redactions,
  }
}
