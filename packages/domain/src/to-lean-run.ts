import type { RunEvent } from './run-event.ts'
import type { Run } from './run.ts'
import type { WireSpan } from '@clew/semconv/span'

/** A run without what is looked at a span at a time: attributes, resource, links, provenance, redactions, checks. */
export function toLeanRun(run: Run): Run {
  return { ...run, spans: run.spans.map(toLeanSpan) }
}

/** The same of an event; it carries most of what a long run's page has to parse and keep. */
export function toLeanEvent(event: RunEvent): RunEvent {
  if ('span' in event) return { ...event, span: toLeanSpan(event.span) }
  return event.type === 'snapshot' ? { ...event, spans: event.spans.map(toLeanSpan) } : event
}

function toLeanSpan(span: WireSpan): WireSpan {
  const { sources: _sources, redactions: _redactions, checks: _checks, otlp: _otlp, ...rest } = span
  return { ...rest, attributes: {}, resource: {}, links: [] }
}
