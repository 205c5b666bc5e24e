import { parseArgs } from 'node:util'
import { percentileOf } from './cpu.ts'
import { measureGrowth } from './growth.ts'
import { measureLatency } from './latency.ts'
import { measureEndToEnd } from './measure-end-to-end.ts'
import { conversionPaths, measureConversion } from './measure-conversion.ts'
import { payloadNames, type PayloadName } from './payloads.ts'

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '60' },
    bodies: { type: 'string', default: '30' },
    /** How many stored spans `growth` goes up to. */
    stored: { type: 'string', default: '5000000' },
    only: { type: 'string' },
  },
})
const ms = (value: number): string => `${value.toFixed(1).padStart(7)} ms`
const times = (value: number): string => `${value.toFixed(2).padStart(6)} x`

/** Growth takes a quarter of an hour and gigabytes of disk, so it runs only when it is asked for. */
const parts: { [part: string]: () => Promise<void> } = {
  convert: () => forEachPayload(showConversion),
  'end-to-end': () => forEachPayload(showEndToEnd),
  latency: showLatency,
  growth: showGrowth,
}
const wanted = values.only === undefined ? ['convert', 'end-to-end', 'latency'] : [values.only]

console.log(`Node ${process.version}. CPU milliseconds for 1,000 spans, all paths in turn in one run.`)
for (const part of wanted) {
  const run = parts[part]
  if (run === undefined)
    throw new Error(`no part is called ${part}; there are ${Object.keys(parts).join(', ')}`)
  await run()
}
process.exit(0)

async function forEachPayload(show: (name: PayloadName) => Promise<void>): Promise<void> {
  for (const name of payloadNames) await show(name)
}

async function showConversion(name: PayloadName): Promise<void> {
  console.log(`\n${name}: from inflated bytes`)
  const found = await measureConversion(name, Number(values.rounds))
  for (const path of conversionPaths) {
    console.log(`  ${path.padEnd(18)} ${ms(found[path])} ${times(found[path] / found.gunzip)} of gunzip`)
  }
  console.log(`  stock / ours      ${times(found.stock / found.columns)}`)
  console.log(`  the same, redacted${times(found['stock-redacted'] / found['columns-redacted'])}`)
}

async function showEndToEnd(name: PayloadName): Promise<void> {
  console.log(`\n${name}: gzip over HTTP to durable rows of the full schema, redacted and summarised`)
  const { ours, stock, limit } = await measureEndToEnd(name, Number(values.bodies))
  console.log(`  ours  ${ms(ours)}`)
  console.log(`  stock ${ms(stock)} ${times(stock / ours)} of ours (1.8 or more is wanted)`)
  console.log(`  limit ${ms(limit)} ${times(limit / ours)} of ours (0.6 or more is wanted)`)
}

async function showLatency(): Promise<void> {
  console.log('\nfrom the request of five spans until a query finds them, at 25 spans a second, in ms')
  const { span, run } = await measureLatency(150)
  for (const [what, found] of [
    ['span', span],
    ['run in the list', run],
  ] as const) {
    const [half, most] = [percentileOf(found, 0.5), percentileOf(found, 0.95)]
    console.log(`  ${what.padEnd(18)} p50 ${ms(half)}  p95 ${ms(most)} (300 or less is wanted)`)
  }
}

async function showGrowth(): Promise<void> {
  console.log('\ngzip over HTTP to durable, summarised rows, by how many spans are stored')
  const sizes = [10_000, 100_000, 1_000_000, 5_000_000].filter((size) => size <= Number(values.stored))
  let first: number | undefined
  await measureGrowth(sizes, Number(values.bodies), (stage) => {
    first ??= stage.ms
    console.log(
      `  ${String(stage.stored).padStart(9)} ${ms(stage.ms)} ${times(stage.ms / first)} of the first`,
    )
  })
}
