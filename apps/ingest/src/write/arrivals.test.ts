import { readSpans, type SpanVersion } from '@clew/store'
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

test('who follows what arrives has, of every recording, the spans that the store will give', async () => {
  const { store, scope } = ingest
  const arrived = new Map<string, SpanVersion>()
  store.arrivals.subscribe({ projectId: scope.projectId }, (spans) => {
    for (const { toVersion } of spans) {
      const version = toVersion('preview')
      const key = version.span.traceId + version.span.spanId
      const known = arrived.get(key)
      if (known === undefined || version.version > known.version) arrived.set(key, version)
    }
  })
  const recordings = listRecordings().map(loadRecording)
  const requests = recordings.flatMap((recording) => recording.requests)
  const replies = await Promise.all(
    requests.map(({ signal, contentType, inflated }) =>
      ingest.post({ path: `/v1/${signal}`, body: inflated, headers: { 'content-type': contentType } }),
    ),
  )
  expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([200]))
  const traceIds = recordings.flatMap(({ expected }) => expected.traceIds)
  const read = await readSpans(store, { ...scope, traceIds, content: 'preview' })
  expect(read.length).toBeGreaterThan(500)
  expect(read.map((span) => arrived.get(span.traceId + span.spanId)?.span)).toEqual(read)
})
