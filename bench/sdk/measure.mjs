import { implementations } from './implementations.mjs'
import { createScenarios } from './scenarios.mjs'

/** Measures one implementation in a process of its own and prints CPU microseconds a span: the best of its
 * rounds, since others on the machine can only add to it. */
const { name, mode, iterations, rounds, ...places } = JSON.parse(process.argv[2])
const implementation = await implementations[name]({ ...places, mode })
const results = {}
for (const [scenario, { spans, share, run }] of Object.entries(createScenarios(implementation))) {
  const count = Math.max(1, Math.round((iterations * share) / spans))
  await repeat(run, Math.min(count, 3000))
  const costs = []
  for (let round = 0; round < rounds; round += 1) {
    globalThis.gc?.()
    const before = process.cpuUsage()
    await repeat(run, count)
    const { user, system } = process.cpuUsage(before)
    costs.push((user + system) / (count * spans))
  }
  results[scenario] = Math.min(...costs)
}
process.stdout.write(JSON.stringify({ results, stats: implementation.stats?.() }))
process.exit(0)

/** Flushes as it goes: some of those measured drop spans, or throw, when more comes than they send. */
async function repeat(run, times) {
  for (let index = 0; index < times; index += 1) {
    await run()
    if (index % 500 === 499) await implementation.flush().catch(() => {})
  }
  await implementation.flush().catch(() => {})
}
