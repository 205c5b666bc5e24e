import { assembleTrace } from '@clew/domain'
import type { WireSpan } from '@clew/semconv/span'
import { readLogs, readSpans, readSpansToSummarise } from '@clew/store'
import { toMetricRows, toSummaryRow } from '@clew/store/testing'
import { listRecordings, loadRecording } from '@clew/testing/recordings'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestIngest, type TestIngest } from '../testing/open-test-ingest.ts'

/** The recordings carry their own time. */
const recordedAt = Date.parse('2026-11-27T06:00:00Z')

let ingest: TestIngest
beforeAll(async () => {
  ingest = await openTestIngest({ startMs: recordedAt })
})
afterAll(() => ingest.close())

test('a summary needs no more of a span than it reads: every recording’s is the same from whole spans', async () => {
  const recordings = listRecordings().map(loadRecording)
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
  expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([200]))
  const { store, scope } = ingest
  const args = { ...scope, traceIds: recordings.flatMap(({ expected }) => expected.traceIds) }
  const logs = await readLogs(store, args)
  const whole = summarise(await readSpans(store, { ...args, content: 'preview' }), logs)
  expect(whole.size).toBeGreaterThan(120)
  expect(summarise(await readSpansToSummarise(store, args), logs)).toEqual(whole)
})

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
