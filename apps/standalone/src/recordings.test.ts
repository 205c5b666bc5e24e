import type { RunSummary } from '@clew/domain'
import { compareAssembled, compareRecording } from '@clew/domain/testing'
import { normaliserVersion } from '@clew/semconv/normalise'
import type { WireSpan } from '@clew/semconv/span'
import { listRecordings, loadRecording } from '@clew/testing'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { firstKey, openTestStandalone, type TestStandalone } from './testing/open-test-standalone.ts'
import { replayRecording } from './testing/replay-recording.ts'

// The recordings carry their own time; the product believes that they were made just now.
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
