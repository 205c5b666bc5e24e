import type { Tracer } from '@opentelemetry/api'

import type { ClewTracing } from '../../clew-tracing.ts'

/** What `instrumentX` takes as its second argument: what `setup` returned, or a tracer of one's own. */
export type TracingInput = ClewTracing | { tracer: Tracer } | Tracer

/** The tracer of one's own, if one was given; `setup`'s handle means the tracing in force. */
export function toTracer(tracing: TracingInput | undefined): Tracer | undefined {
  if (tracing === undefined || 'installResults' in tracing) return undefined
  return 'tracer' in tracing ? tracing.tracer : tracing
}
