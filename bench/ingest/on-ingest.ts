import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { openTestIngest, type TestIngest } from '@clew/ingest/testing'
import type { RowOwner } from '@clew/store'
import { payloadTimeMs, readPayload, traceIdsOf, type PayloadName } from './payloads.ts'

/** Runs something on an ingest with an engine of its own, and closes both. */
export async function onIngest<Value>(run: (ingest: TestIngest) => Promise<Value>): Promise<Value> {
  const ingest = await openTestIngest({ startMs: payloadTimeMs + 3_600_000 })
  try {
    return await run(ingest)
  } finally {
    await ingest.close()
  }
}

export function ownerOf(ingest: TestIngest): RowOwner {
  return {
    organisationId: ingest.organisationId,
    projectId: ingest.scope.projectId,
    retention: ingest.scope.retention,
    receivedAtMs: ingest.clock(),
  }
}

/** From a process of its own, whose CPU time isn't the server's. */
export async function send(args: {
  url: string
  key: string
  name: PayloadName
  bodies: number
}): Promise<void> {
  const script = fileURLToPath(new URL('./sender.js', import.meta.url))
  const child = spawn(process.execPath, [script, args.url, args.key, args.name, String(args.bodies)], {
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`the sender ended with ${String(code)}`)
}

export function tracesIn(name: PayloadName): number {
  return traceIdsOf(readPayload(name).body).length
}

/** Until so many traces have a summary, those of earlier receipts aside. */
export async function summarised(ingest: TestIngest, traces: number, sinceMs = 0): Promise<void> {
  for (;;) {
    const [row] = await ingest.store.database.query({
      sql: `SELECT toString(uniqExact(trace_id)) AS n FROM trace_summary
WHERE received_at >= fromUnixTimestamp64Milli({sinceMs:Int64})`,
      params: { sinceMs },
    })
    const count = typeof row === 'object' && row !== null && 'n' in row ? Number(row.n) : 0
    if (count >= traces) return
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
}
