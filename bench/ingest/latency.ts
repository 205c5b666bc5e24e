import { randomBytes } from 'node:crypto'
import { makeSpan, makeTraces, toProtobuf, type TestIngest } from '@clew/ingest/testing'
import { onIngest } from './on-ingest.ts'
import { payloadTimeMs } from './payloads.ts'

/** Milliseconds from the moment that a request leaves until a query finds its span, and its run in the list. */
export interface Latency {
  span: number[]
  run: number[]
}

const spansPerRun = 5
/** Light load: twenty-five spans a second. */
const everyMs = 200
const warmUp = 20

export async function measureLatency(count: number): Promise<Latency> {
  return await onIngest(async (ingest) => {
    const found: Latency = { span: [], run: [] }
    for (let at = -warmUp; at < count; at += 1) {
      const startedAt = performance.now()
      const { span, run } = await sendRun(ingest)
      if (at >= 0) {
        found.span.push(span)
        found.run.push(run)
      }
      const left = everyMs - (performance.now() - startedAt)
      if (left > 0) await new Promise((resolve) => setTimeout(resolve, left))
    }
    return found
  })
}

async function sendRun(ingest: TestIngest): Promise<{ span: number; run: number }> {
  const traceId = randomBytes(16).toString('hex')
  const startMs = payloadTimeMs + 1000
  const spans = Array.from({ length: spansPerRun }, (_, index) =>
    makeSpan({
      traceId,
      spanId: randomBytes(8).toString('hex'),
      name: `step ${index}`,
      startMs: startMs + index,
      attributes: { 'openinference.span.kind': 'TOOL', 'input.value': 'where is my parcel? '.repeat(20) },
    }),
  )
  const body = toProtobuf(makeTraces(spans))
  const sentAt = performance.now()
  const isFound = async (table: string): Promise<number> => {
    for (;;) {
      const rows = await ingest.store.database.query({
        sql: `SELECT 1 AS found FROM ${table} WHERE trace_id = {traceId:String} LIMIT 1`,
        params: { traceId },
      })
      if (rows.length > 0) return performance.now() - sentAt
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
  }
  const reply = ingest.post({ body, headers: { 'content-type': 'application/x-protobuf' } })
  const span = await isFound('spans')
  const run = await isFound('trace_summary')
  if ((await reply).status !== 200) throw new Error(`answered ${(await reply).status}`)
  return { span, run }
}
