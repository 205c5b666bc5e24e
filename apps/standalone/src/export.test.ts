import type { OtlpTraces } from '@clew/semconv/export'
import { listRecordings, loadRecording, type Recording } from '@clew/testing'
import { decodeRecording, decodeTracesJson, type RecordedSpan } from '@clew/testing/decode-recording'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { firstKey, openTestStandalone, type TestStandalone } from './testing/open-test-standalone.ts'
import { replayRecording } from './testing/replay-recording.ts'

const recordedAt = Date.parse('2026-11-27T06:00:00Z')
const recordings = listRecordings().map((id) => loadRecording(id))
const authorization = `Bearer ${firstKey}`

let clew: TestStandalone
beforeAll(async () => {
  const offset = recordedAt - Date.now()
  clew = await openTestStandalone({ clock: () => Date.now() + offset })
  await Promise.all(
    recordings.map((recording) => replayRecording({ url: clew.url, authorization, recording })),
  )
})
afterAll(() => clew.stop())

async function exportTrace(traceId: string, format: 'otlp' | 'genai'): Promise<OtlpTraces> {
  const reply = await fetch(`${clew.url}/v1/traces/${traceId}?format=${format}`, {
    headers: { authorization },
  })
  expect(reply.status).toBe(200)
  const body: OtlpTraces = JSON.parse(await reply.text())
  return body
}

/**
 * All that an export lacks. An AnyValue without a value says nothing; a span that Logfire announces is replaced by
 * the span itself.
 */
const losses = {
  'a value that is not set': (span: RecordedSpan): RecordedSpan => ({
    ...span,
    attributes: Object.fromEntries(Object.entries(span.attributes).filter(([, value]) => value !== null)),
  }),
  'the announcement of a span': (span: RecordedSpan): RecordedSpan[] =>
    span.attributes['logfire.span_type'] === 'pending_span' ? [] : [span],
}

function whatShouldComeBack(recording: Recording): RecordedSpan[] {
  return decodeRecording(recording)
    .spans.flatMap(losses['the announcement of a span'])
    .map(losses['a value that is not set'])
}

function byId(spans: readonly RecordedSpan[]): Map<string, RecordedSpan> {
  return new Map(spans.map((span) => [`${span.traceId}/${span.spanId}`, span]))
}

test.each(recordings.map((recording) => [recording.id, recording] as const))(
  '%s is exported span by span as it came in',
  async (_id, recording) => {
    const sent = whatShouldComeBack(recording)
    const traceIds = [...new Set(sent.map(({ traceId }) => traceId))]
    const exported = await Promise.all(traceIds.map((traceId) => exportTrace(traceId, 'otlp')))
    expect(byId(exported.flatMap(decodeTracesJson))).toEqual(byId(sent))
  },
)
