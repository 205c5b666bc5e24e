import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { createBatches } from './batches.ts'
import { checkSettled } from './check-ledger.ts'
import { readPostgresUrl } from './config.ts'
import { mustHold, type Fault } from './fault.ts'
import { prepareDatabase, rssOf, startFront, startIngest } from './rig.ts'
import { openLedger, send } from './sender.ts'

/** Megabytes: of the service as it runs in compose, and of one that has Postgres inside, too. */
const rssLimit = readPostgresUrl() === undefined ? 750 : 400

/** Every insert takes a second: the ingest pushes back instead of filling its memory, and loses nothing. */
export const slowStore: Fault = {
  name: 'a store that needs a second for every insert',
  run: async ({ dir, port, log }) => {
    const databaseUrl = await prepareDatabase(dir)
    const clickhouse = join(dir, 'clickhouse')
    const batches = createBatches({ traces: 20, spans: 25, contentBytes: 2000 })
    const ledger = openLedger()
    const front = await startFront({ dir: clickhouse, port: port + 1, delayMs: 1000 })
    const ingest = await startIngest({ dir, port, databaseUrl, clickhouseUrl: `${front.url}/clew` })
    let isOver = false
    const sending = send({ url: ingest.url, batches, ledger, atOnce: 60, isOver: () => isOver })
    let rssMax = 0
    for (let second = 0; second < 40; second += 1) {
      await sleep(1000)
      rssMax = Math.max(rssMax, rssOf(ingest.pid))
    }
    isOver = true
    await sending
    const refused = [...ledger.answers].filter(([status]) => ![200, 429, 503].includes(status))
    mustHold(refused.length === 0, `answered otherwise than 200, 429 or 503: ${JSON.stringify(refused)}`)
    mustHold(rssMax <= rssLimit, `the ingest grew to ${rssMax} MB`)
    log(`answers ${JSON.stringify([...ledger.answers])}`)
    const stored = await checkSettled({ url: front.url, batches, ledger })
    mustHold((await ingest.end('SIGTERM')) === 0, 'the ingest did not stop cleanly')
    await front.end('SIGTERM')
    return { acknowledged: ledger.acknowledged.size, 'spans stored': stored.spans, 'RSS MB at most': rssMax }
  },
}
