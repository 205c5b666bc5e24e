import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createBatches } from './batches.ts'
import { checkLedger, checkSettled } from './check-ledger.ts'
import { mustHold, type Fault } from './fault.ts'
import { prepareDatabase, spoolFiles, startFront, startIngest, until } from './rig.ts'
import { openLedger, post, send } from './sender.ts'

const megabyte = 1024 * 1024

/** A disk fills up under store and spool: spans are refused, not lost, and taken again when there is room. */
export const diskFull: Fault = {
  name: 'disk full (a tmpfs)',
  run: async ({ dir, port, log }) => {
    const databaseUrl = await prepareDatabase(dir)
    const small = join(dir, 'small')
    mkdirSync(small)
    if (!mount(small, 700)) return { skipped: 'mounting is not allowed here' }
    try {
      const batches = createBatches({ traces: 4, spans: 25, contentBytes: 4000 })
      const ledger = openLedger()
      const clickhouse = join(small, 'clickhouse')
      const start = () => startIngest({ dir: small, port, databaseUrl, clickhouseUrl: `chdb:${clickhouse}` })
      const ingest = await start()
      const filler = join(small, 'filler')
      writeFileSync(filler, Buffer.alloc(freeBytes(small) - 300 * megabyte))
      const isRefused = (): boolean => (ledger.answers.get(503) ?? 0) >= 10
      await send({ url: ingest.url, batches, ledger, atOnce: 8, isOver: isRefused })
      const before = ledger.acknowledged.size
      log(`${before} acknowledged, ${Math.round(freeBytes(small) / megabyte)} MB left when refused`)
      mustHold(before > 0, 'nothing was taken before the disk was full')
      rmSync(filler)
      await send({
        url: ingest.url,
        batches,
        ledger,
        atOnce: 4,
        isOver: () => ledger.acknowledged.size >= before + 20,
      })
      await until('replay', () => spoolFiles(small).length === 0, 600_000)
      mustHold((await ingest.end('SIGTERM')) === 0, 'the ingest did not stop cleanly')
      const front = await startFront({ dir: clickhouse, port: port + 1 })
      const stored = await checkLedger({ url: front.url, batches, ledger })
      await front.end('SIGTERM')
      return {
        'refused with 503': ledger.answers.get(503) ?? 0,
        acknowledged: ledger.acknowledged.size,
        'spans stored': stored.spans,
      }
    } finally {
      execFileSync('umount', ['-l', small])
    }
  },
}

/** The spool meets a limit on the size of files (`ulimit -f`): no acknowledgement, no crash, nothing left behind. */
export const fileSizeLimit: Fault = {
  name: 'a file size limit on the spool (ulimit -f)',
  run: async ({ dir, port }) => {
    const databaseUrl = await prepareDatabase(dir)
    const clickhouse = join(dir, 'clickhouse')
    const front = await startFront({ dir: clickhouse, port: port + 1 })
    const limits = `trap '' XFSZ; ulimit -f ${20 * 1024}`
    const ingest = await startIngest({ dir, port, databaseUrl, clickhouseUrl: `${front.url}/clew`, limits })
    await front.end('SIGKILL')
    const large = createBatches({ traces: 10, spans: 25, contentBytes: 100_000 })
    const answer = await post(ingest.url, await large.body(1))
    mustHold(
      answer?.status === 503,
      `a batch that the spool can't hold was answered ${answer?.status}: ${answer?.text}`,
    )
    mustHold((answer?.retryAfter ?? 0) > 0, 'the refusal has no Retry-After')
    mustHold(spoolFiles(dir).length === 0, 'the refused batch lies in the spool')
    const batches = createBatches({ traces: 2, spans: 10, contentBytes: 500, run: 1 })
    const ledger = openLedger()
    await send({ url: ingest.url, batches, ledger, atOnce: 1, isOver: () => ledger.acknowledged.size >= 5 })
    mustHold(ingest.isAlive(), 'the ingest died')
    const again = await startFront({ dir: clickhouse, port: port + 1 })
    await until('replay', () => spoolFiles(dir).length === 0)
    const stored = await checkSettled({ url: again.url, batches, ledger })
    mustHold((await ingest.end('SIGTERM')) === 0, 'the ingest did not stop cleanly')
    await again.end('SIGTERM')
    return { 'small batches acknowledged': ledger.acknowledged.size, 'spans stored': stored.spans }
  },
}

function mount(folder: string, megabytes: number): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

function freeBytes(folder: string): number {
  const { bavail, bsize } = statfsSync(folder)
  return bavail * bsize
}
