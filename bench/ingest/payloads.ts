import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { gunzipSync, gzipSync } from 'node:zlib'
import { decodeTracesProtobuf } from '@clew/ingest/testing'
import { makeLongRuns } from './long-runs.ts'

/** 1,000 spans each, OTLP protobuf: 50 agent runs in one dialect or several, or two long runs. */
export const payloadNames = ['genai-1000', 'mixed-1000', 'long-1000'] as const
export type PayloadName = (typeof payloadNames)[number]

/** When the spans of the payloads began; the ingest under test believes that it is a little later. */
export const payloadTimeMs = Date.parse('2026-08-20T10:00:00Z')

export function readPayload(name: PayloadName): { gzipped: Buffer; body: Buffer } {
  if (name === 'long-1000') {
    const body = makeLongRuns({ seed: 7, runs: 2, spans: 500, startMs: payloadTimeMs })
    return { gzipped: gzipSync(body), body }
  }
  const gzipped = readFileSync(new URL(`../../ingest/payloads/${name}.pb.gz`, import.meta.url))
  return { gzipped, body: gunzipSync(gzipped) }
}

/** The same spans in traces of their own, gzipped: what was sent before would be taken for a retry. */
export function copyPayload({ body, traceIds }: { body: Buffer; traceIds: readonly string[] }): Buffer {
  const copy = Buffer.from(body)
  for (const traceId of traceIds) {
    const from = Buffer.from(traceId, 'hex')
    const to = randomBytes(from.length)
    for (let at = copy.indexOf(from); at !== -1; at = copy.indexOf(from, at + from.length)) to.copy(copy, at)
  }
  return gzipSync(copy)
}

export function traceIdsOf(body: Buffer): string[] {
  const decoded = decodeTracesProtobuf(body)
  if (!decoded.ok) throw new Error(decoded.error.message)
  return [...new Set(decoded.value.flatMap(({ records }) => records.map(({ traceId }) => traceId)))]
}
