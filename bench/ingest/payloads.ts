import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { gunzipSync, gzipSync } from 'node:zlib'
import { decodeTracesProtobuf } from '@clew/ingest/testing'

export const payloadNames = ['genai-1000', 'mixed-1000'] as const
export type PayloadName = (typeof payloadNames)[number]

/** When the spans of the payloads began; the ingest under test believes that it is a little later. */
export const payloadTimeMs = Date.parse('2026-08-20T10:00:00Z')

/** 1,000 spans of 50 agent runs, OTLP protobuf. */
export function readPayload(name: PayloadName): { gzipped: Buffer; body: Buffer } {
  const gzipped = readFileSync(new URL(`../../ingest/payloads/${name}.pb.gz`, import.meta.url))
  return { gzipped, body: gunzipSync(gzipped) }
}

/** The same spans in traces of their own, gzipped: what was sent before would be taken for a retry. */
export function copyPayload(name: PayloadName): Buffer {
  const { body } = readPayload(name)
  const decoded = decodeTracesProtobuf(body)
  if (!decoded.ok) throw new Error(decoded.error.message)
  const traceIds = new Set(decoded.value.flatMap(({ records }) => records.map(({ traceId }) => traceId)))
  for (const traceId of traceIds) {
    const from = Buffer.from(traceId, 'hex')
    const to = randomBytes(from.length)
    for (let at = body.indexOf(from); at !== -1; at = body.indexOf(from, at + from.length)) to.copy(body, at)
  }
  return gzipSync(body)
}
