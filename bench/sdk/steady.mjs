import { fork } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

/**
 * `npm run bench:sdk -- steady`: a minute of agents with tools at 2,000 spans a second, against a receiver that
 * takes 50 ms for each request. Fails when a span is lost or comes twice, or memory goes on growing.
 */
const seconds = Number(process.env.BENCH_SECONDS ?? 60)
const rate = 2000
const tools = 9
const growthMegabytes = 50
const text = 'what the tool was given and said '.repeat(32)

const sdk = new URL('../../packages/sdk/dist/index.js', import.meta.url)
const { agentSpan, manualSpan, setup } = await import(sdk.href)
const receiver = fork(fileURLToPath(new URL('steady-receiver.mjs', import.meta.url)))
const [{ port }] = await once(receiver, 'message')
const clew = setup({ endpoint: `http://127.0.0.1:${port}`, serviceName: 'steady', autoInstrument: false })

let made = 0
const samples = []
const before = process.cpuUsage()
const startedAt = performance.now()
const elapsed = () => (performance.now() - startedAt) / 1000
while (elapsed() < seconds) {
  while (made < elapsed() * rate) runAgent()
  if (samples.length <= elapsed())
    samples.push({ megabytes: process.memoryUsage().rss / 1e6, queued: clew.stats().queued })
  await wait(10)
}
const tookSeconds = elapsed()
const { user, system } = process.cpuUsage(before)
const flushedFrom = performance.now()
await clew.shutdown(30_000)
const flushMs = performance.now() - flushedFrom
receiver.send('report')
const [{ requests, finished, distinct }] = await once(receiver, 'message')
receiver.disconnect()

const half = samples.length / 2
const peak = (from, to, key) => Math.max(...samples.slice(from, to).map((sample) => sample[key]))
const [firstHalf, secondHalf] = [peak(0, half, 'megabytes'), peak(half, samples.length, 'megabytes')]
const lost = made - distinct
const twice = finished - distinct
console.table({
  'spans a second': Math.round(made / tookSeconds),
  made,
  lost,
  twice,
  requests,
  'most waiting': peak(0, samples.length, 'queued'),
  'RSS, first half (MB)': Math.round(firstHalf),
  'RSS, second half (MB)': Math.round(secondHalf),
  'CPU (% of one core)': Math.round((user + system) / tookSeconds / 10_000),
  'last flush (ms)': Math.round(flushMs),
})
process.exitCode = lost === 0 && twice === 0 && secondHalf < firstHalf + growthMegabytes ? 0 : 1

function runAgent() {
  agentSpan({ agentId: 'steady' }, () => {
    for (let index = 0; index < tools; index += 1)
      manualSpan({ spanName: 'look up', spanKind: 'TOOL', input: text }, (span) => span.setOutput(text))
  })
  made += tools + 1
}
