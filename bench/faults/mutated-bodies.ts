import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import {
  createRandom,
  decodeLogsProtobuf,
  decodeTracesProtobuf,
  makeBombs,
  makeRichLogs,
  makeRichTraces,
  mutate,
  otlpTypes,
} from '@clew/ingest/testing'
import { mustHold, type Fault } from './fault.ts'
import { prepareDatabase, rssOf, startIngest } from './rig.ts'
import { post } from './sender.ts'

const rounds = 100_000
const posted = 2000

/** Mutated bodies are taken and refused like protobufjs does, and neither crash the decoder nor leak. */
export const mutatedBodies: Fault = {
  name: `${rounds.toLocaleString('en')} mutated bodies`,
  run: async ({ log }) => {
    const subjects = [
      { original: makeRichTraces(), type: otlpTypes.traces, decode: decodeTracesProtobuf },
      { original: makeRichLogs(), type: otlpTypes.logs, decode: decodeLogsProtobuf },
    ]
    const random = createRandom(20_261_127)
    let refused = 0
    let heapAfterTenth = 0
    for (let round = 0; round < rounds; round += 1) {
      const subject = subjects[round % 2]
      if (subject === undefined) continue
      const body = mutate(subject.original, random)
      const isTaken = subject.decode(body).ok
      if (!isTaken) refused += 1
      const judged = isAccepted(() => subject.type.decode(body))
      mustHold(isTaken === judged, `protobufjs ${judged ? 'takes' : 'refuses'} ${body.toString('hex')}`)
      if (round === rounds / 10) heapAfterTenth = heapNow()
    }
    for (const { name, body } of makeBombs()) {
      const isTaken = decodeTracesProtobuf(body).ok
      mustHold(isTaken === isAccepted(() => otlpTypes.traces.decode(body)), `the verdict on ${name} differs`)
    }
    const grown = heapNow() - heapAfterTenth
    log(`heap grew by ${grown} MB over nine tenths of the bodies`)
    mustHold(grown < 20, `the heap grew by ${grown} MB`)
    return { refused, taken: rounds - refused, 'heap growth MB': grown }
  },
}

/** The same over HTTP, against the running ingest: refused bodies are the sender's fault, and it goes on. */
export const mutatedRequests: Fault = {
  name: `${posted.toLocaleString('en')} mutated requests, and bombs`,
  run: async ({ dir, port, log }) => {
    const databaseUrl = await prepareDatabase(dir)
    const ingest = await startIngest({
      dir,
      port,
      databaseUrl,
      clickhouseUrl: `chdb:${join(dir, 'clickhouse')}`,
    })
    const random = createRandom(4)
    const answers = new Map<number, number>()
    const note = async (body: Buffer): Promise<void> => {
      const answer = await post(ingest.url, body)
      const status = answer?.status ?? 0
      answers.set(status, (answers.get(status) ?? 0) + 1)
      mustHold([200, 400, 413, 429].includes(status), `answered ${status}: ${answer?.text}`)
    }
    for (const { body } of makeBombs()) await note(gzipSync(body))
    const zipBomb = gzipSync(Buffer.alloc(200 * 1024 * 1024))
    await Promise.all(Array.from({ length: 20 }, () => note(zipBomb)))
    const original = makeRichTraces()
    const zipped = gzipSync(original)
    for (let count = 0; count < posted / 20; count += 1) {
      await Promise.all(
        Array.from({ length: 20 }, (_, at) =>
          note(at % 4 === 0 ? mutate(zipped, random) : gzipSync(mutate(original, random))),
        ),
      )
    }
    mustHold(ingest.isAlive(), `the ingest died: ${ingest.output().slice(-2000)}`)
    const rss = rssOf(ingest.pid)
    log(`answers ${JSON.stringify([...answers])}, ${rss} MB`)
    mustHold((await ingest.end('SIGTERM')) === 0, 'the ingest did not stop cleanly')
    return { taken: answers.get(200) ?? 0, 'refused with 400': answers.get(400) ?? 0, 'RSS MB': rss }
  },
}

function isAccepted(decode: () => unknown): boolean {
  try {
    decode()
    return true
  } catch {
    return false
  }
}

/** Exact only with `--expose-gc`, which the command gives. */
function heapNow(): number {
  globalThis.gc?.()
  return Math.round(process.memoryUsage().heapUsed / 1024 / 1024)
}
