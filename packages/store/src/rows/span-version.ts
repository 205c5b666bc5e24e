import type { CanonicalSpan } from '@clew/semconv/span'
import { ATTR_CLEW_SPAN_SNAPSHOT } from '@clew/semconv/attributes'

const ranks = { start: 0n, snapshot: 1n, lost: 2n, ended: 3n }

/**
 * Orders the versions of a span: ended beats lost beats a growing snapshot beats a start, and among equals
 * the later receipt, then the later place in its batch, wins.
 */
export function spanVersion(args: { span: CanonicalSpan; receivedAtMs: number; index: number }): bigint {
  const { span, receivedAtMs, index } = args
  return (
    (ranks[rankOf(span)] << 60n) | (BigInt(Math.trunc(receivedAtMs)) << 12n) | BigInt(Math.min(index, 0xfff))
  )
}

/** A version for rows that have no states: the later receipt wins. */
export function receiptVersion(args: { receivedAtMs: number; index: number }): bigint {
  return (BigInt(Math.trunc(args.receivedAtMs)) << 12n) | BigInt(Math.min(args.index, 0xfff))
}

function rankOf(span: CanonicalSpan): keyof typeof ranks {
  if (span.state !== 'running') return span.state
  return isSnapshot(span) ? 'snapshot' : 'start'
}

/** A running span that carries what its start could not know. */
function isSnapshot(span: CanonicalSpan): boolean {
  return (
    span.attributes[ATTR_CLEW_SPAN_SNAPSHOT] !== undefined ||
    span.output !== undefined ||
    span.outputMessages !== undefined ||
    span.usage !== undefined ||
    span.events.length > 0
  )
}
