import { implementations } from './implementations.mjs'
import { createScenarios } from './scenarios.mjs'

/** Measures one scenario of one implementation in a process of its own and prints CPU microseconds a span: the best
 * of its rounds, since others on the machine can only add to it. */
const { name, scenario, mode, iterations, rounds, ...places } = JSON.parse(process.argv[2])
const implementation = await implementations[name]({ ...places, mode })
const { spans, share, run } = createScenarios(implementation)[scenario] ?? {}
process.stdout.write(JSON.stringify({ cost: run && (await measure()), stats: implementation.stats?.() }))
process.exit(0)

async function measure() {
  const count = Math.max(1, Math.round((iterations * share) / spans))
  await repeat(Math.min(count, 3000))
  const costs = []
  for (let round = 0; round < rounds; round += 1) {
    const before = process.cpuUsage()
    await repeat(count)
    const { user, system } = process.cpuUsage(before)
    costs.push((user + system) / (count * spans))
  }
  return Math.min(...costs)
}

/** Flushes as it goes: some of those measured drop spans, or throw, when more comes than they send. */
async function repeat(times) {
  for (let index = 0; index < times; index += 1) {
    await run()
    if (index % 500 === 499) await implementation.flush().catch(() => {})
  }
  await implementation.flush().catch(() => {})
}
