import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { createBatches, type Batches } from './batches.ts'
import { checkLedger, checkSettled } from './check-ledger.ts'
import { mustHold, type Fault } from './fault.ts'
import { prepareDatabase, rssOf, startFront, startIngest, type Child } from './rig.ts'
import { openLedger, send, type Ledger } from './sender.ts'

const saturationSeconds = 40
const atOnce = 24

/** What each shape may take of memory, in megabytes. */
const rssMax = { separate: 400, embedded: 1800 }

/**
 * Minutes at half of what was measured as the most: acknowledged equals stored, and memory stays where it is. The
 * ingest is a service of its own, with the store in another process, or holds the engine itself.
 */
export function soak(minutes = '10', shape = 'separate'): Fault {
  const seconds = Number(minutes) * 60
  const isAlone = shape === 'embedded'
  return {
    name: `${minutes} minutes at half of saturation, ${shape}`,
    run: async ({ dir, port, log }) => {
      const databaseUrl = await prepareDatabase(dir)
      const clickhouse = join(dir, 'clickhouse')
      const startStore = () => startFront({ dir: clickhouse, port: port + 1 })
      let front = isAlone ? undefined : await startStore()
      const clickhouseUrl = front === undefined ? `chdb:${clickhouse}` : `${front.url}/clew`
      const ingest = await startIngest({ dir, port, databaseUrl, clickhouseUrl })
      const batches = createBatches({ traces: 10, spans: 25, contentBytes: 2000 })
      const ledger = openLedger()
      const saturated = await measure({ ingest, batches, ledger, seconds: saturationSeconds, pauseMs: 0 })
      const perSecond = saturated.acknowledged / saturationSeconds
      log(`saturation: ${Math.round(perSecond * 250)} spans/s, RSS ${saturated.rss.join(' ')} MB`)
      const pauseMs = (1000 * atOnce) / perSecond
      const half = await measure({ ingest, batches, ledger, seconds, pauseMs })
      const rate = Math.round((half.acknowledged / seconds) * 250)
      log(`half: ${rate} spans/s, RSS MB every ten seconds: ${half.rss.join(' ')}`)
      const settled = front && (await checkSettled({ url: front.url, batches, ledger }))
      mustHold((await ingest.end('SIGTERM')) === 0, 'the ingest did not stop cleanly')
      front ??= await startStore()
      const stored = settled ?? (await checkLedger({ url: front.url, batches, ledger }))
      await front.end('SIGTERM')
      const acknowledged = ledger.acknowledged.size * batches.tracesPerBatch * batches.spansPerTrace
      mustHold(stored.spans === acknowledged, `${acknowledged} spans acknowledged, ${stored.spans} stored`)
      const growth = growthOf(half.rss)
      mustHold(growth <= 40, `memory grew by ${growth} MB`)
      const rss = Math.max(...saturated.rss, ...half.rss)
      const allowed = isAlone ? rssMax.embedded : rssMax.separate
      mustHold(rss <= allowed, `the ingest took ${rss} MB`)
      return {
        'spans/s at saturation': Math.round(perSecond * 250),
        'spans/s': rate,
        acknowledged,
        stored: stored.spans,
        'RSS MB at saturation': Math.max(...saturated.rss),
        'growth MB': growth,
      }
    },
  }
}

async function measure(options: {
  ingest: Child
  batches: Batches
  ledger: Ledger
  seconds: number
  pauseMs: number
}): Promise<{ acknowledged: number; rss: number[] }> {
  const { ingest, batches, ledger, seconds, pauseMs } = options
  const before = ledger.acknowledged.size
  const rss: number[] = []
  let isOver = false
  const sending = send({ url: ingest.url, batches, ledger, atOnce, isOver: () => isOver, pauseMs })
  for (let second = 0; second < seconds; second += 10) {
    await sleep(10_000)
    rss.push(rssOf(ingest.pid))
  }
  isOver = true
  await sending
  return { acknowledged: ledger.acknowledged.size - before, rss }
}

/** Of the last third over the second: the first is warming up. */
function growthOf(series: readonly number[]): number {
  const third = Math.floor(series.length / 3)
  return Math.round(mean(series.slice(2 * third)) - mean(series.slice(third, 2 * third)))
}

function mean(part: readonly number[]): number {
  return part.reduce((sum, each) => sum + each, 0) / (part.length || 1)
}
