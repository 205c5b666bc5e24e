import type { RunSummary } from '@clew/domain'
import { compareAssembled, compareRecording } from '@clew/domain/testing'
import { normaliserVersion } from '@clew/semconv/normalise'
import type { WireSpan } from '@clew/semconv/span'
import type { OtlpLogs, OtlpTraces } from '@clew/semconv/export'
import { listRecordings, loadRecording, type Recording } from '@clew/testing'
import { decodeRecording, decodeTracesJson, type RecordedSpan } from '@clew/testing/decode-recording'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { firstKey, openTestStandalone, type TestStandalone } from './testing/open-test-standalone.ts'

// The recordings carry their own time; the product believes that they were made just now, and keeps them for long:
// the engine expires rows by the machine's clock.
const recordedAt = Date.parse('2026-11-27T06:00:00Z')
const recordings = listRecordings().map((id) => loadRecording(id))
const authorization = `Bearer ${firstKey}`

let clew: TestStandalone
beforeAll(async () => {
  const offset = recordedAt - Date.now()
  clew = await openTestStandalone({ clock: () => Date.now() + offset })
  const { ownerClient, projectId } = clew
  await ownerClient.retention.update.mutate({ projectId, metadataDays: 730, contentDays: 730 })
  await Promise.all(recordings.map(replay))
})
afterAll(() => clew.stop())

/** Sends the requests of a recording, byte for byte and in order. */
async function replay(recording: Recording): Promise<void> {
  for (const { signal, headers, contentType, body } of recording.requests) {
    const encoding = headers['content-encoding']
    const reply = await fetch(`${clew.url}/v1/${signal}`, {
      method: 'POST',
      headers: {
        'content-type': contentType,
        authorization,
        ...(encoding === undefined ? {} : { 'content-encoding': encoding }),
      },
      body: new Uint8Array(body),
    })
    if (reply.status !== 200) throw new Error(`${recording.id}: ${reply.status} ${await reply.text()}`)
  }
}

interface ApiRun {
  trace: RunSummary
  spans: WireSpan[]
}

async function getRun(traceId: string): Promise<ApiRun> {
  const reply = await fetch(`${clew.url}/v1/traces/${traceId}?content=full`, { headers: { authorization } })
  expect(reply.status).toBe(200)
  const run: ApiRun = JSON.parse(await reply.text())
  return run
}

const pages = new Map<string, RunSummary>()

test.each(recordings.map((recording) => [recording.id, recording] as const))(
  '%s comes back from the HTTP API as it was understood on arrival',
  async (_id, recording) => {
    const runs = await Promise.all(recording.expected.traceIds.map(getRun))
    for (const { trace } of runs) pages.set(trace.traceId, trace)
    const traces = runs.map((run) => run.trace)
    const spans = runs.flatMap((run) => run.spans)
    const { differences } = compareAssembled({ recording, traces, spans })
    expect(differences).toEqual(compareRecording(recording).differences)
  },
)

test('the answer says of each field where it came from, and which rules said so', async () => {
  const { expected } = loadRecording('langsmith@0.10.0/agent')
  const { spans } = await getRun(expected.traceIds[0] ?? '')
  const call = spans.find((span) => span.kind === 'LLM')
  expect(call).toMatchObject({ dialect: 'langsmith', normaliserVersion })
  expect(call?.sources).toMatchObject({
    name: 'name#otlp',
    serviceName: 'service.name#resource',
    'usage.input': 'gen_ai.usage.input_tokens#direct',
    'usage.total': 'usage.input+usage.output#sum',
    'cost.total': 'model+usage#computed',
    outputToolCalls: 'gen_ai.completion#open-calls',
  })
})

test('every recording has the same totals on the list as on its page', async () => {
  expect(pages.size).toBeGreaterThanOrEqual(recordings.length)
  await vi.waitFor(
    async () => {
      const listed = await listAllRuns()
      for (const [traceId, page] of pages) expect(toTotals(listed.get(traceId))).toEqual(toTotals(page))
    },
    { timeout: 45_000, interval: 500 },
  )
})

async function listAllRuns(): Promise<Map<string, RunSummary>> {
  const { client, projectId } = clew
  const listed = new Map<string, RunSummary>()
  let cursor: string | undefined
  do {
    const page = await client.runs.list.query({ projectId, limit: 50, ...(cursor && { cursor }) })
    for (const run of page.items) listed.set(run.traceId, run)
    cursor = page.nextCursor
  } while (cursor !== undefined)
  return listed
}

function toTotals(run: RunSummary | undefined) {
  if (run === undefined) return undefined
  const { traceId, usage, cost, spanCount, errorCount, llmCount, toolCount, durationNs, status, agents } = run
  return { traceId, usage, cost, spanCount, errorCount, llmCount, toolCount, durationNs, status, agents }
}

async function exportTrace(
  traceId: string,
  format: 'otlp' | 'genai',
): Promise<OtlpTraces & Partial<OtlpLogs>> {
  const reply = await fetch(`${clew.url}/v1/traces/${traceId}?format=${format}`, {
    headers: { authorization },
  })
  expect(reply.status).toBe(200)
  const body: OtlpTraces & Partial<OtlpLogs> = JSON.parse(await reply.text())
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

test.each(recordings.filter(hasLogs).map((recording) => [recording.id, recording] as const))(
  '%s brings its log records along',
  async (_id, recording) => {
    const sent = decodeRecording(recording).logs.filter(({ traceId }) => traceId !== undefined)
    const traceIds = [...new Set(sent.flatMap(({ traceId = '' }) => traceId))]
    const exported = await Promise.all(traceIds.map((traceId) => exportTrace(traceId, 'otlp')))
    const records = exported.flatMap(({ resourceLogs = [] }) =>
      resourceLogs.flatMap(({ scopeLogs }) => scopeLogs.flatMap(({ logRecords }) => logRecords)),
    )
    expect(times(records)).toEqual(times(sent))
  },
)

test('in GenAI conventions a run says what was asked and answered, whatever dialect it came in', async () => {
  const recording = loadRecording('@inference+tracing@0.1.12/agent')
  const [traceId = ''] = recording.expected.traceIds
  const { resourceSpans } = await exportTrace(traceId, 'genai')
  const spans = resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans: inScope }) => inScope))
  const keys = new Set(spans.flatMap(({ attributes }) => attributes.map(({ key }) => key)))
  for (const key of [
    'operation.name',
    'response.model',
    'usage.input_tokens',
    'input.messages',
    'tool.name',
  ]) {
    expect(keys).toContain(`gen_ai.${key}`)
  }
  expect(keys).not.toContain('llm.token_count.prompt')
})

function hasLogs(recording: Recording): boolean {
  return recording.requests.some(({ signal }) => signal === 'logs')
}

function times(logs: readonly { timeUnixNano: string }[]): string[] {
  return logs.map((log) => log.timeUnixNano).toSorted()
}
