import { once } from 'node:events'
import { createServer } from 'node:http'
import { gunzipSync } from 'node:zlib'
import { buildPriceBook, readPublicPrices } from '@clew/domain/prices'
import { decodeTracesProtobuf, type TestIngest } from '@clew/ingest/testing'
import { createRedactor } from '@clew/privacy'
import type { SpanTables } from '@clew/store/testing'
import { convertOurs } from './convert-ours.ts'
import { cpuMsOf } from './cpu.ts'
import { onIngest, ownerOf, send, summarised, tracesIn } from './on-ingest.ts'
import { readPayload, type PayloadName } from './payloads.ts'
import { convertStock } from './stock-path.ts'

const prices = buildPriceBook({ table: readPublicPrices() })
const redactor = createRedactor()

/** CPU milliseconds of the server for 1,000 spans, gzip over HTTP to durable rows; the summariser on for ours and stock. */
export const endToEndPaths: { [path: string]: (name: PayloadName, bodies: number) => Promise<number> } = {
  ours: measureOurs,
  stock: measureStock,
  limit: measureLimit,
}

async function measureOurs(name: PayloadName, bodies: number): Promise<number> {
  return await onIngest(async (ingest) => {
    await send({ url: ingest.url, key: ingest.key, name, bodies: warmUp })
    await summarised(ingest, warmUp * tracesIn(name))
    const { ms } = await cpuMsOf(async () => {
      await send({ url: ingest.url, key: ingest.key, name, bodies })
      await summarised(ingest, (warmUp + bodies) * tracesIn(name))
    })
    return ms
  })
}

/** The stock path writes the rows itself; an ingest beside it, started again, finds them and summarises them. */
async function measureStock(name: PayloadName, bodies: number): Promise<number> {
  return await onIngest(async (ingest) => {
    const owner = ownerOf(ingest)
    let inserted = 0
    const server = createServer((req, res) => {
      void (async () => {
        const chunks: Buffer[] = []
        for await (const chunk of req) chunks.push(Buffer.from(chunk))
        const body = gunzipSync(Buffer.concat(chunks))
        const rows = convertStock({
          body,
          prices,
          redactor,
          owner: { ...owner, receivedAtMs: ingest.clock() },
        })
        const number = (inserted += 1)
        for (const [table, bytes] of Object.entries(rows)) {
          await ingest.store.database.insert({
            table,
            token: `stock-${number}`,
            body: { format: 'JSONEachRow', bytes },
          })
        }
        res.writeHead(200).end()
      })()
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    if (address === null || typeof address === 'string') throw new Error('the stock server has no port')
    const url = `http://127.0.0.1:${address.port}`
    await send({ url, key: ingest.key, name, bodies: warmUp })
    await ingest.restart()
    await summarised(ingest, warmUp * tracesIn(name))
    const { ms } = await cpuMsOf(async () => {
      await send({ url, key: ingest.key, name, bodies })
      await ingest.restart()
      await summarised(ingest, (warmUp + bodies) * tracesIn(name))
    })
    server.close()
    return ms
  })
}

/** What can't be saved: inflate, validate every byte, and insert blocks that lay ready. */
async function measureLimit(name: PayloadName, bodies: number): Promise<number> {
  return await onIngest(async (ingest) => {
    const { gzipped, body } = readPayload(name)
    const blocks = await convertOurs({ body, owner: ownerOf(ingest), redactor })
    const round = async (at: number): Promise<void> => {
      decodeTracesProtobuf(gunzipSync(gzipped))
      await insertBlocks(ingest, blocks, at)
    }
    for (let at = 0; at < warmUp; at += 1) await round(-at - 1)
    const { ms } = await cpuMsOf(async () => {
      for (let at = 0; at < bodies; at += 1) await round(at)
    })
    return ms
  })
}

async function insertBlocks(ingest: TestIngest, blocks: SpanTables, at: number): Promise<void> {
  for (const [table, parts] of Object.entries(blocks)) {
    for (const body of parts) {
      if (body !== undefined) await ingest.store.database.insert({ table, token: `limit${at}`, body })
    }
  }
}

const warmUp = 4
