import { assembleTrace } from '@clew/domain'
import type { WireSpan } from '@clew/semconv/span'
import {
  readLogs,
  readSpans,
  readSpansToSummarise,
  readVersionsToSummarise,
  toWrittenSpan,
  type InsertBatch,
  type VersionToSummarise,
} from '@clew/store'
import { toMetricRows, toSummaryRow } from '@clew/store/testing'
import { listRecordings, loadRecording } from '@clew/testing/recordings'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestIngest, type TestIngest } from '../testing/open-test-ingest.ts'

/** The recordings carry their own time. */
const recordedAt = Date.parse('2026-11-27T06:00:00Z')

const recordings = listRecordings().map(loadRecording)
const batches: InsertBatch[] = []
let ingest: TestIngest
beforeAll(async () => {
  ingest = await openTestIngest({
    startMs: recordedAt,
    wrapStore: (store) => ({
      ...store,
      insertBatch: (batch) => {
        batches.push(batch)
        return store.insertBatch(batch)
      },
    }),
  })
  const replies = await Promise.all(
    recordings.flatMap(({ requests }) =>
      requests.map(({ signal, contentType, inflated }) =>
        ingest.post({
          path: `/v1/${signal}`,
          body: inflated,
          headers: { 'content-type': contentType },
        }),
      ),
    ),
  )
  const refused = replies.find(({ status }) => status !== 200)
  if (refused !== undefined) throw new Error(`${refused.status} ${await refused.text()}`)
})
afterAll(() => ingest.close())

test('a summary needs no more of a span than it reads: every recording’s is the same from whole spans', async () => {
  const { store } = ingest
  const logs = await readLogs(store, args())
  const whole = summarise(await readSpans(store, { ...args(), content: 'preview' }), logs)
  expect(whole.size).toBeGreaterThan(120)
  expect(summarise(await readSpansToSummarise(store, args()), logs)).toEqual(whole)
})

test('what is kept of a span that was written is what is read of it: of every recording’s', async () => {
  const read = await readVersionsToSummarise(ingest.store, args())
  const written = new Map<string, VersionToSummarise>()
  for (const { spans } of batches) {
    for (const [index, { owner, span }] of spans.entries()) {
      const kept = toWrittenSpan({ owner, span, index })
      if (kept !== undefined) written.set(versionKey(kept), kept)
    }
  }
  const notKept = read.filter((span) => !written.has(versionKey(span)))
  expect(notKept).toEqual([])
  for (const one of read) expect(written.get(versionKey(one))?.span).toEqual(summarised(one.span))
})

function args() {
  return { ...ingest.scope, traceIds: recordings.flatMap(({ expected }) => expected.traceIds) }
}

function versionKey({ span, version }: VersionToSummarise): string {
  return `${span.traceId} ${span.spanId} ${version}`
}

/** Without what is read of some spans and not looked at. */
function summarised({ checks: _checks, ...span }: WireSpan): WireSpan {
  return span
}

type Logs = Awaited<ReturnType<typeof readLogs>>

/** By trace, the rows that its summary is made of. */
function summarise(spans: readonly WireSpan[], logs: Logs): Map<string, unknown> {
  const { scope, organisationId } = ingest
  const owner = { ...scope, organisationId, receivedAtMs: recordedAt }
  const summaries = new Map<string, unknown>()
  for (const traceId of new Set(spans.map((span) => span.traceId))) {
    const run = assembleTrace({
      spans: spans.filter((span) => span.traceId === traceId),
      logs: logs.filter((log) => log.traceId === traceId),
      now: recordedAt + 60_000,
    })
    summaries.set(traceId, [toSummaryRow({ owner, ...run }, 1n), toMetricRows({ owner, ...run }, 1n)])
  }
  return summaries
}
