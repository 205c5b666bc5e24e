import { restoreAttributes } from '../normalise/restore-attributes.ts'
import type { CanonicalSpan } from '../span/canonical.ts'
import type { OtlpScopeSpans, OtlpSpan, OtlpTraces } from './otlp-json.ts'
import { toOtlpAttributes } from './to-otlp-value.ts'

/**
 * Spans as the OTLP that came in: each attribute under its own key and type again, events, links, status, scope
 * and resource. What redaction took out stays out.
 */
export function toOtlpTraces(spans: readonly CanonicalSpan[]): OtlpTraces {
  const resources = new Map<
    string,
    { resource: CanonicalSpan['resource']; scopes: Map<string, OtlpScopeSpans> }
  >()
  for (const span of spans) {
    const resourceKey = JSON.stringify(toOtlpAttributes(span.resource))
    const known = resources.get(resourceKey)
    const group = known ?? { resource: span.resource, scopes: new Map<string, OtlpScopeSpans>() }
    if (known === undefined) resources.set(resourceKey, group)
    scopeOf(group.scopes, span).spans.push(toOtlpSpan(span))
  }
  return {
    resourceSpans: [...resources.values()].map(({ resource, scopes }) => ({
      resource: { attributes: toOtlpAttributes(resource) },
      scopeSpans: [...scopes.values()],
    })),
  }
}

function scopeOf(
  scopes: Map<string, OtlpScopeSpans>,
  { scope, scopeVersion }: CanonicalSpan,
): OtlpScopeSpans {
  const key = `${scope}\n${scopeVersion ?? ''}`
  const known = scopes.get(key)
  if (known !== undefined) return known
  const made: OtlpScopeSpans = {
    scope: { name: scope, ...(scopeVersion === undefined ? {} : { version: scopeVersion }) },
    spans: [],
  }
  scopes.set(key, made)
  return made
}

function toOtlpSpan(span: CanonicalSpan): OtlpSpan {
  const { otlp } = span
  return {
    traceId: span.traceId,
    spanId: span.spanId,
    ...(span.parentSpanId === undefined ? {} : { parentSpanId: span.parentSpanId }),
    ...(otlp?.traceState === undefined ? {} : { traceState: otlp.traceState }),
    ...(otlp?.flags === undefined ? {} : { flags: otlp.flags }),
    name: span.name,
    kind: otlp?.kind ?? 0,
    startTimeUnixNano: span.startTimeUnixNano,
    endTimeUnixNano: span.endTimeUnixNano ?? '0',
    attributes: toOtlpAttributes(restoreAttributes(span)),
    events: span.events.map((event) => ({
      timeUnixNano: event.timeUnixNano,
      name: event.name,
      attributes: toOtlpAttributes(event.attributes),
    })),
    links: span.links.map((link) => ({
      traceId: link.traceId,
      spanId: link.spanId,
      ...(link.traceState === undefined ? {} : { traceState: link.traceState }),
      attributes: toOtlpAttributes(link.attributes),
    })),
    status: {
      code: otlp?.statusCode ?? 0,
      ...(span.statusMessage === undefined ? {} : { message: span.statusMessage }),
    },
  }
}
