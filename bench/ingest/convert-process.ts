import { gunzipSync } from 'node:zlib'
import { buildPriceBook, readPublicPrices } from '@clew/domain/prices'
import { decodeTracesProtobuf } from '@clew/ingest/testing'
import { createRedactor } from '@clew/privacy'
import { blindRedactor, convertOurs } from './convert-ours.ts'
import { cpuMsOf, medianOf } from './cpu.ts'
import { payloadNames, payloadTimeMs, readPayload } from './payloads.ts'
import { convertStock } from './stock-path.ts'
import { toTestOwner } from './test-owner.ts'

// One path in a process of its own: the compiler would else make one machine code for the objects of all.
const [path = '', wanted = '', rounds = '45'] = process.argv.slice(2)
const name = payloadNames.find((known) => known === wanted)
if (name === undefined) throw new Error(`no payload is called ${wanted}`)
const { gzipped, body } = readPayload(name)
const owner = toTestOwner(payloadTimeMs)
const prices = buildPriceBook({ table: readPublicPrices() })
const redactor = createRedactor()

const paths: { [path: string]: () => unknown } = {
  gunzip: () => gunzipSync(gzipped),
  decode: () => decodeTracesProtobuf(body),
  columns: () => convertOurs({ body, owner, redactor: blindRedactor }),
  'columns-redacted': () => convertOurs({ body, owner, redactor }),
  stock: () => convertStock({ body, prices, redactor: undefined, owner }),
  'stock-redacted': () => convertStock({ body, prices, redactor, owner }),
}
const run = paths[path]
if (run === undefined) throw new Error(`no path is called ${path}`)

const times: number[] = []
for (let round = 0; round < Number(rounds); round += 1) {
  const { ms } = await cpuMsOf(run)
  if (round >= Number(rounds) / 3) times.push(ms)
}
console.log(medianOf(times))
