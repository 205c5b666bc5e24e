import type { CanonicalSpan, WireSpan } from '@clew/semconv/span'
import { ATTR_CLEW_SPAN_SNAPSHOT } from '@clew/semconv/attributes'

/** A span as it was received once. Of several versions the greatest counts, whichever came last. */
export interface SpanVersion {
  span: WireSpan
  version: bigint
  receivedAtMs: number
}

const ranks = { start: 0n, snapshot: 1n, lost: 2n, ended: 3n }

/**
 * Orders the versions of a span: ended beats lost beats a growing snapshot beats a start. Numbered snapshots go
 * by their number, so that one sent again late stays old, and beat those without: a start that has events already is
 * one. Among all other equals the later receipt, then the later place in its batch, wins.
 */
export function spanVersion(args: { span: CanonicalSpan; receivedAtMs: number; index: number }): bigint {
  const { span } = args
  const rank = rankOf(span)
  const number = rank === 'snapshot' ? snapshotNumber(span) : undefined
  return (ranks[rank] << 60n) | (number === undefined ? receiptVersion(args) : numbered | (number << 12n))
}

/** A version for rows that have no states: the later receipt wins. */
export function receiptVersion(args: { receivedAtMs: number; index: number }): bigint {
  return (BigInt(Math.trunc(args.receivedAtMs)) << 12n) | BigInt(Math.min(args.index, 0xfff))
}

function rankOf(span: CanonicalSpan): keyof typeof ranks {
  if (span.state !== 'running') return span.state
  return isSnapshot(span) ? 'snapshot' : 'start'
}

const snapshotNumberMax = 1n << 31n

/** Above any time of receipt. */
const numbered = 1n << 58n

function snapshotNumber({ attributes }: CanonicalSpan): bigint | undefined {
  const value = attributes[ATTR_CLEW_SPAN_SNAPSHOT]
  const number = typeof value === 'number' && Number.isSafeInteger(value) ? BigInt(value) : value
  return typeof number === 'bigint' && number >= 0n && number < snapshotNumberMax ? number : undefined
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
