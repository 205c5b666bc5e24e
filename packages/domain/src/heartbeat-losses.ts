import { ATTR_CLEW_SPAN_HEARTBEAT_MS } from '@clew/semconv/attributes'
import type { WireSpan } from '@clew/semconv/span'
import { toEpochMs } from './time.ts'

/** When a running span will count as lost, in milliseconds since the epoch. */
export interface HeartbeatLoss {
  span: WireSpan
  atMs: number
}

/** A sender may be late or lose a request now and then. */
const heartbeatsMissed = 3
/** A promise that no sender could keep is read as this one, in milliseconds. */
const heartbeatMsMin = 100

/**
 * The running spans of one trace that their sender promised to repeat, each with the moment from which it counts as
 * lost unless it is heard of again. What the same service finished meanwhile is a sign of life, too: under load an SDK
 * drops repetitions first. Spans of senders that promise nothing are not among them.
 */
export function findHeartbeatLosses(spans: readonly WireSpan[]): HeartbeatLoss[] {
  const promised = spans.flatMap((span) => {
    const heartbeatMs = heartbeatOf(span)
    return heartbeatMs === undefined ? [] : [{ span, heartbeatMs }]
  })
  if (promised.length === 0) return []
  const lastEnds = findLastEnds(spans)
  return promised.map(({ span, heartbeatMs }) => {
    const heardMs = toEpochMs(span.observedTimeUnixNano ?? span.startTimeUnixNano)
    const lastEndMs = lastEnds.get(span.serviceName) ?? 0
    return { span, atMs: Math.max(heardMs, lastEndMs) + heartbeatsMissed * heartbeatMs }
  })
}

/** The next moment at which a span of the trace will count as lost by its heartbeat; undefined when none can. */
export function nextHeartbeatLossMs(spans: readonly WireSpan[]): number | undefined {
  const losses = findHeartbeatLosses(spans)
  return losses.length === 0 ? undefined : Math.min(...losses.map(({ atMs }) => atMs))
}

function heartbeatOf({ state, attributes }: WireSpan): number | undefined {
  if (state !== 'running') return undefined
  const heartbeatMs = Number(attributes[ATTR_CLEW_SPAN_HEARTBEAT_MS])
  return heartbeatMs > 0 ? Math.max(heartbeatMs, heartbeatMsMin) : undefined
}

function findLastEnds(spans: readonly WireSpan[]): Map<string | undefined, number> {
  const lastEnds = new Map<string | undefined, number>()
  for (const { state, serviceName, endTimeUnixNano } of spans) {
    if (state !== 'ended' || endTimeUnixNano === undefined) continue
    const endMs = toEpochMs(endTimeUnixNano)
    if (endMs > (lastEnds.get(serviceName) ?? 0)) lastEnds.set(serviceName, endMs)
  }
  return lastEnds
}
