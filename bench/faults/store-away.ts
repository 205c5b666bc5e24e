import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { createBatches } from './batches.ts'
import { checkSettled } from './check-ledger.ts'
import { mustHold, type Fault } from './fault.ts'
import { prepareDatabase, rssOf, spoolFiles, startFront, startIngest, until } from './rig.ts'
import { openLedger, send } from './sender.ts'

const awayMs = 60_000

/** The store dies for a minute; senders notice nothing, and everything is there once afterwards. */
export const storeAway: Fault = {
  name: 'ClickHouse away for a minute',
  run: async ({ dir, port, log }) => {
    const databaseUrl = await prepareDatabase(dir)
    const clickhouse = join(dir, 'clickhouse')
    const batches = createBatches({ traces: 4, spans: 10, contentBytes: 500 })
    const ledger = openLedger()
    let front = await startFront({ dir: clickhouse, port: port + 1 })
    const clickhouseUrl = `${front.url}/clew`
    const ingest = await startIngest({ dir, port, databaseUrl, clickhouseUrl })
    let isOver = false
    const sending = send({ url: ingest.url, batches, ledger, atOnce: 4, isOver: () => isOver, pauseMs: 50 })
    await until('a first batch', () => ledger.acknowledged.size > 10)
    await front.end('SIGKILL')
    const before = ledger.acknowledged.size
    await sleep(awayMs)
    const during = ledger.acknowledged.size - before
    const spooled = spoolFiles(dir).length
    const rss = rssOf(ingest.pid)
    log(`away: ${during} acknowledged, ${spooled} files in the spool, ${rss} MB`)
    mustHold(during > 20 && spooled > 0, 'nothing was taken while the store was away')
    front = await startFront({ dir: clickhouse, port: port + 1 })
    const atReturn = ledger.acknowledged.size
    await until('acknowledgements after the return', () => ledger.acknowledged.size > atReturn + 20)
    isOver = true
    await sending
    await until('replay', () => spoolFiles(dir).length === 0, 400_000)
    const refused = [...ledger.answers].filter(([status]) => status !== 200)
    mustHold(refused.length === 0, `senders noticed: ${JSON.stringify(refused)}`)
    const stored = await checkSettled({ url: front.url, batches, ledger })
    mustHold((await ingest.end('SIGTERM')) === 0, 'the ingest did not stop cleanly')
    await front.end('SIGTERM')
    return {
      'acknowledged while away': during,
      acknowledged: ledger.acknowledged.size,
      'spans stored': stored.spans,
    }
  },
}

/** The ingest dies in the middle of replaying its spool, five times; each batch counts once. */
export const killDuringReplay: Fault = {
  name: 'kill -9 in the middle of a replay, 5 times',
  run: async ({ dir, port, log }) => {
    const databaseUrl = await prepareDatabase(dir)
    const clickhouse = join(dir, 'clickhouse')
    const batches = createBatches({ traces: 2, spans: 10, contentBytes: 500 })
    const ledger = openLedger()
    let front = await startFront({ dir: clickhouse, port: port + 1 })
    const clickhouseUrl = `${front.url}/clew`
    const start = () => startIngest({ dir, port, databaseUrl, clickhouseUrl })
    let ingest = await start()
    await front.end('SIGKILL')
    const filled = (): boolean => ledger.acknowledged.size >= 150
    await send({ url: ingest.url, batches, ledger, atOnce: 2, isOver: filled })
    await ingest.end('SIGKILL')
    front = await startFront({ dir: clickhouse, port: port + 1, delayMs: 40 })
    for (let kill = 1; kill <= 5; kill += 1) {
      const left = spoolFiles(dir).length
      ingest = await start()
      await until(
        'a part of the replay',
        () => spoolFiles(dir).length <= left - 3 || spoolFiles(dir).length === 0,
      )
      await ingest.end('SIGKILL')
      log(`kill ${kill}: ${left} files before, ${spoolFiles(dir).length} after`)
    }
    ingest = await start()
    await until('the rest of the replay', () => spoolFiles(dir).length === 0, 180_000)
    const stored = await checkSettled({ url: front.url, batches, ledger })
    mustHold((await ingest.end('SIGTERM')) === 0, 'the ingest did not stop cleanly')
    await front.end('SIGTERM')
    return { acknowledged: ledger.acknowledged.size, 'spans stored': stored.spans }
  },
}

/** The ingest starts before there is a store at all: it takes spans, and brings the schema with it when one comes. */
export const startWithoutStore: Fault = {
  name: 'started before ClickHouse',
  run: async ({ dir, port, log }) => {
    const databaseUrl = await prepareDatabase(dir)
    const batches = createBatches({ traces: 2, spans: 10, contentBytes: 500 })
    const ledger = openLedger()
    const clickhouseUrl = `http://127.0.0.1:${port + 1}/clew`
    const ingest = await startIngest({ dir, port, databaseUrl, clickhouseUrl })
    const isEnough = (): boolean => ledger.acknowledged.size >= 20
    await send({ url: ingest.url, batches, ledger, atOnce: 2, isOver: isEnough })
    log(`without a store: ${ledger.acknowledged.size} acknowledged, ${spoolFiles(dir).length} files`)
    const front = await startFront({ dir: join(dir, 'clickhouse'), port: port + 1 })
    await until('replay', () => spoolFiles(dir).length === 0)
    const stored = await checkSettled({ url: front.url, batches, ledger })
    mustHold((await ingest.end('SIGTERM')) === 0, 'the ingest did not stop cleanly')
    await front.end('SIGTERM')
    return { acknowledged: ledger.acknowledged.size, 'spans stored': stored.spans }
  },
}
