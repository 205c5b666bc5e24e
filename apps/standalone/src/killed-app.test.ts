import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { reduceRun, type LiveRun } from '@clew/domain'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { readChildEnvironment } from './testing/config.ts'
import { firstKey, openTestStandalone, type TestStandalone } from './testing/open-test-standalone.ts'
import { postSpans } from './testing/otlp-run.ts'
import { readEvents } from './testing/read-events.ts'

// An agent that works for ever, with heartbeats that come often enough for a test.
const program = `
import { setup, agentSpan } from '@clew/sdk'
setup({ live: { heartbeatMs: 1000 } })
await agentSpan({ agentId: 'support' }, () => new Promise(() => setInterval(() => undefined, 1000)))
`

let clew: TestStandalone
beforeAll(async () => {
  clew = await openTestStandalone()
})
afterAll(() => clew.stop())

const waiting = { timeout: 30_000, interval: 50 }

async function listRuns() {
  const { items } = await clew.client.runs.list.query({ projectId: clew.projectId, limit: 10 })
  return items
}

test('an app that was killed shows as lost, live and in the list, once its heartbeats are missed', async () => {
  const silent = { traceId: 'c'.repeat(32), spanId: 'd'.repeat(16), name: 'stock', startMs: Date.now() }
  await postSpans({ url: clew.url, key: firstKey }, [silent])
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    env: { ...readChildEnvironment(), CLEW_OTLP_ENDPOINT: clew.url, CLEW_OTLP_TOKEN: firstKey },
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const closed = once(child, 'close')
  const { traceId } = await vi.waitFor(async () => {
    const run = (await listRuns()).find((item) => item.traceId !== silent.traceId)
    if (run === undefined) throw new Error('the run is not listed yet')
    return run
  }, waiting)

  const headers = { authorization: `Bearer ${firstKey}` }
  const stream = await fetch(`${clew.url}/v1/traces/${traceId}/stream`, { headers })
  let state: LiveRun | undefined
  let heartbeats = 0
  for await (const { data } of readEvents(stream)) {
    state = reduceRun(state, [data])
    if (data.type === 'span-snapshot') heartbeats += 1
    if (heartbeats === 4) child.kill('SIGKILL')
  }
  await closed
  expect(heartbeats).toBeGreaterThanOrEqual(4)
  expect(state?.endReason).toBe('lost')
  expect(state?.spans.map((span) => span.state)).toEqual(['lost'])

  await vi.waitFor(async () => {
    const statuses = (await listRuns()).map((run) => [run.traceId, run.status])
    expect(Object.fromEntries(statuses)).toEqual({ [traceId]: 'lost', [silent.traceId]: 'running' })
  }, waiting)
})
