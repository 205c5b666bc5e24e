import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { makeSpan, makeTraces } from '@clew/ingest/testing'
import { mustHold, type Fault } from './fault.ts'
import { apiKey, prepareDatabase, startIngest } from './rig.ts'

const good = 200
const badEvery = 10

/** One bad span in ten: the others are stored, the bad ones are named. */
export const badNeighbours: Fault = {
  name: 'bad spans among good ones',
  run: async ({ dir, port }) => {
    const databaseUrl = await prepareDatabase(dir)
    const ingest = await startIngest({
      dir,
      port,
      databaseUrl,
      clickhouseUrl: `chdb:${join(dir, 'clickhouse')}`,
    })
    const startMs = Date.now() - 1000
    const spans = Array.from({ length: good }, (_, index) => {
      const spanId = (index + 1).toString(16).padStart(16, '0')
      return index % badEvery === 3 ? breakSpan({ spanId, startMs, index }) : makeSpan({ spanId, startMs })
    })
    const response = await fetch(`${ingest.url}/v1/traces`, {
      method: 'POST',
      body: gzipSync(JSON.stringify(makeTraces(spans))),
      headers: {
        authorization: `Bearer ${apiKey}`,
        'content-type': 'application/json',
        'content-encoding': 'gzip',
      },
    })
    const text = await response.text()
    await ingest.end('SIGTERM')
    const rejected = /"rejectedSpans":"(\d+)"/.exec(text)?.[1]
    mustHold(response.status === 200, `answered ${response.status}: ${text}`)
    mustHold(rejected === String(good / badEvery), `${rejected} spans were rejected: ${text}`)
    mustHold(/span \S+ of trace/.test(text), `no span is named: ${text}`)
    return { sent: good, rejected: good / badEvery, named: 'yes' }
  },
}

function breakSpan({ spanId, startMs, index }: { spanId: string; startMs: number; index: number }) {
  const dayMs = 86_400_000
  const faults = [
    { spanId: 'xyz', startMs },
    { spanId, startMs: startMs - 800 * dayMs },
    { spanId, startMs: startMs + 2 * dayMs },
    { spanId, startMs, traceId: '00' },
    { spanId, startMs, extra: { attributes: 'none' } },
  ]
  return makeSpan(faults[Math.floor(index / badEvery) % faults.length])
}
