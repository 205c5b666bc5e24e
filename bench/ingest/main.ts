import { parseArgs } from 'node:util'
import { measureEndToEnd } from './end-to-end.ts'
import { conversionPaths, measureConversion } from './measure-conversion.ts'
import { payloadNames } from './payloads.ts'

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '60' },
    bodies: { type: 'string', default: '30' },
    only: { type: 'string' },
  },
})
const ms = (value: number): string => `${value.toFixed(1).padStart(7)} ms`
const times = (value: number): string => `${value.toFixed(2).padStart(6)} x`

console.log(`Node ${process.version}. CPU milliseconds for 1,000 spans, all paths in turn in one run.`)
for (const name of payloadNames) {
  if (values.only !== 'end-to-end') {
    console.log(`\n${name}: from inflated bytes`)
    const found = await measureConversion(name, Number(values.rounds))
    for (const path of conversionPaths) {
      console.log(`  ${path.padEnd(18)} ${ms(found[path])} ${times(found[path] / found.gunzip)} of gunzip`)
    }
    console.log(`  stock / ours      ${times(found.stock / found.columns)}`)
    console.log(`  the same, redacted${times(found['stock-redacted'] / found['columns-redacted'])}`)
  }
  if (values.only !== 'convert') {
    console.log(`\n${name}: gzip over HTTP to durable rows of the full schema, redacted and summarised`)
    const { ours, stock, limit } = await measureEndToEnd(name, Number(values.bodies))
    console.log(`  ours  ${ms(ours)}`)
    console.log(`  stock ${ms(stock)} ${times(stock / ours)} of ours (1.8 or more is wanted)`)
    console.log(`  limit ${ms(limit)} ${times(limit / ours)} of ours (0.6 or more is wanted)`)
  }
}
process.exit(0)
