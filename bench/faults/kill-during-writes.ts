import { join } from 'node:path'
import { createBatches } from './batches.ts'
import { checkLedger } from './check-ledger.ts'
import { mustHold, type Fault } from './fault.ts'
import { prepareDatabase, startFront, startIngest, until } from './rig.ts'
import { openLedger, send } from './sender.ts'

const kills = 20

/** The ingest with its embedded engine dies without a word while it writes; whatever it acknowledged is there. */
export const killDuringWrites: Fault = {
  name: `kill -9 during writes, ${kills} times`,
  run: async ({ dir, port, log }) => {
    const databaseUrl = await prepareDatabase(dir)
    const clickhouse = join(dir, 'clickhouse')
    const batches = createBatches({ traces: 2, spans: 10, contentBytes: 500 })
    const ledger = openLedger()
    const start = () => startIngest({ dir, port, databaseUrl, clickhouseUrl: `chdb:${clickhouse}` })
    for (let round = 0; round < kills; round += 1) {
      const ingest = await start()
      const before = ledger.acknowledged.size
      const wanted = before + 5 + ((round * 7) % 20)
      const sending = send({ url: ingest.url, batches, ledger, atOnce: 4, isOver: () => !ingest.isAlive() })
      await until('acknowledgements', () => ledger.acknowledged.size >= wanted || !ingest.isAlive())
      mustHold(ingest.isAlive(), `the ingest ended by itself: ${ingest.output().slice(-2000)}`)
      await ingest.end('SIGKILL')
      await sending
      log(`kill ${round + 1}: ${ledger.acknowledged.size - before} acknowledged`)
    }
    const last = await start()
    mustHold((await last.end('SIGTERM')) === 0, 'the last one did not stop cleanly')
    const front = await startFront({ dir: clickhouse, port: port + 1 })
    try {
      const stored = await checkLedger({ url: front.url, batches, ledger })
      return { acknowledged: ledger.acknowledged.size, sent: ledger.sent, 'spans stored': stored.spans }
    } finally {
      await front.end('SIGTERM')
    }
  },
}
