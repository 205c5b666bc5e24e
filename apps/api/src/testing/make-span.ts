import type { CanonicalSpan } from '@clew/semconv/span'

/** A span for tests; times are milliseconds since the epoch, without an end it runs. */
export function makeSpan(
  sketch: Partial<CanonicalSpan> & { traceId: string; spanId: string; startMs: number; endMs?: number },
): CanonicalSpan {
  const { startMs, endMs, ...fields } = sketch
  return {
    name: 'span',
    kind: 'CHAIN',
    scope: 'test',
    dialect: 'clew',
    state: endMs === undefined ? 'running' : 'ended',
    status: endMs === undefined ? 'unset' : 'ok',
    startTimeUnixNano: `${startMs}000000`,
    ...(endMs === undefined
      ? {}
      : { endTimeUnixNano: `${endMs}000000`, durationNs: `${endMs - startMs}000000` }),
    attributes: {},
    resource: {},
    events: [],
    links: [],
    ...fields,
  }
}
