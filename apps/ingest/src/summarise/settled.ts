import { createHash } from 'node:crypto'
import type { AssembledTrace, SpanKeys } from '@clew/store'

/** A summary that can only change once rows arrive, what it was made of, and the version of its rows. */
export interface SettledSummary {
  fingerprint: string
  version: bigint
}

/** Tells whether a trace has the same versions of the same spans as before, and as many log records. */
export function fingerprintOf(versions: SpanKeys, logCount: number): string {
  const hash = createHash('sha256')
  for (const key of [...versions].map(([spanId, version]) => `${spanId}${version} `).toSorted())
    hash.update(key)
  return hash.update(String(logCount)).digest('base64')
}

/** Where nothing runs and no parent is awaited, what assembly finds does not depend on when it is asked. */
export function isSettled({ trace, spans }: AssembledTrace): boolean {
  return trace.status !== 'running' && spans.every((span) => span.state !== 'running')
}
