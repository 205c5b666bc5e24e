import { request } from 'node:http'
import { gzipSync } from 'node:zlib'
import type { KeyLimits } from '@clew/control'
import type { ProjectId } from '@clew/domain'
import type { Store } from '@clew/store'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { makeSpan, makeTraces } from './testing/make-export.ts'
import { openTestIngest, type TestIngest } from './testing/open-test-ingest.ts'

let ingest: TestIngest
/** Inserts wait here while it is set. */
let gate: Promise<void> | undefined
let insertedBy: ProjectId[] = []

function behindGate(store: Store): Store {
  return {
    ...store,
    insertBatch: async (batch) => {
      await gate
      insertedBy.push(...batch.spans.map(({ owner }) => owner.projectId))
      return await store.insertBatch(batch)
    },
  }
}

beforeAll(async () => {
  ingest = await openTestIngest({ wrapStore: behindGate })
})
afterAll(() => ingest.close())
beforeEach(() => {
  gate = undefined
  insertedBy = []
})

let ids = 0
const newBody = (): string => {
  ids += 1
  return JSON.stringify(makeTraces([makeSpan({ spanId: ids.toString(16).padStart(16, '0') })]))
}
const postWith = (key: string, body: string | Uint8Array = newBody(), headers = {}): Promise<Response> =>
  ingest.post({ body, headers: { authorization: `Bearer ${key}`, ...headers } })
const statusOf = (response: Response): [number, string | null] => [
  response.status,
  response.headers.get('retry-after'),
]

const keyWith = (limits: KeyLimits): Promise<string> => ingest.createKey(['ingest'], { limits })
const waitUntilWaiting = (count: number): Promise<unknown> =>
  vi.waitFor(() => expect(ingest.waiting()).toBe(count), 20_000)

function closeGate(): () => void {
  let open: (() => void) | undefined
  gate = new Promise((resolve) => {
    open = resolve
  })
  return () => open?.()
}

describe('between projects', () => {
  test('a quiet project is written after a handful of a flood, not after all of it', async () => {
    const quiet = await ingest.createProject('Quiet')
    const quietKey = await ingest.createKey(['ingest'], { projectId: quiet })
    const size = newBody().length
    await ingest.restart({ workingBytesMax: 4 * size, batchBytesMax: 2 * size, insertsAtOnceMax: 1 })
    const openGate = closeGate()
    const flood = Array.from({ length: 40 }, () => postWith(ingest.key))
    await waitUntilWaiting(40)
    const calm = [postWith(quietKey), postWith(quietKey)]
    await waitUntilWaiting(42)
    openGate()
    for (const response of await Promise.all([...calm, ...flood])) expect(response.status).toBe(200)
    expect(insertedBy).toHaveLength(42)
    // Four were under way, and each of its two waits for one of the flood at most.
    expect(insertedBy.lastIndexOf(quiet)).toBeLessThan(12)
  })

  test('a flood that fills the memory is refused while a quiet project is taken', async () => {
    const quiet = await ingest.createProject('Quiet too')
    const quietKey = await ingest.createKey(['ingest'], { projectId: quiet })
    await ingest.restart({ requestsAtOnceMax: 30 })
    const openGate = closeGate()
    const flood = Array.from({ length: 60 }, () => postWith(ingest.key))
    const refused = await Promise.race(flood)
    expect(statusOf(refused)).toEqual([429, '2'])
    const calm = Array.from({ length: 5 }, () => postWith(quietKey))
    await waitUntilWaiting(25)
    openGate()
    for (const response of await Promise.all(calm)) expect(response.status).toBe(200)
    const statuses = (await Promise.all(flood)).map(({ status }) => status)
    expect(statuses.filter((status) => status === 200)).toHaveLength(20)
  })

  test('whoever waits too long for a turn is told to come back, and nothing of it is stored', async () => {
    await ingest.restart({ workingBytesMax: 10, turnWaitMs: 30 })
    const openGate = closeGate()
    const first = postWith(ingest.key)
    await waitUntilWaiting(1)
    expect(statusOf(await postWith(ingest.key))).toEqual([429, '2'])
    openGate()
    expect((await first).status).toBe(200)
    expect(insertedBy).toHaveLength(1)
  })
})

describe('of one key', () => {
  test('more requests than its minute holds are answered 429, with the seconds to wait', async () => {
    const key = await keyWith({ requestsPerMinute: 2 })
    expect((await postWith(key)).status).toBe(200)
    expect((await postWith(key)).status).toBe(200)
    const third = await postWith(key)
    expect(third.status).toBe(429)
    expect(Number(third.headers.get('retry-after'))).toBeGreaterThanOrEqual(25)
    expect(await third.json()).toMatchObject({ code: 8, message: expect.stringContaining('in a minute') })
    expect((await postWith(ingest.key)).status).toBe(200)
  })

  test('more bytes than its minute holds are paid back before the next request', async () => {
    const key = await keyWith({ bytesPerMinute: 50 })
    expect((await postWith(key)).status).toBe(200)
    expect((await postWith(key)).status).toBe(429)
  })

  test('a body beyond its own limit is refused, though the ingest would take it', async () => {
    const key = await keyWith({ bodyBytesMax: 50 })
    const response = await postWith(key)
    expect([response.status, await response.json()]).toMatchObject([
      413,
      { message: expect.stringContaining('50 bytes allowed') },
    ])
  })

  test('a limit that the ingest sets holds for keys without their own', async () => {
    await ingest.restart({ keyRequestsPerMinute: 1 })
    const key = await ingest.createKey(['ingest'])
    expect((await postWith(key)).status).toBe(200)
    expect((await postWith(key)).status).toBe(429)
  })
})

describe('bodies that are made to hurt', () => {
  test('many bombs at once unfold no further than there is room', async () => {
    await ingest.restart({ workingBytesMax: 2_000_000, inflatedBytesMax: 1_500_000, inflateRatioMax: 1e6 })
    const bomb = gzipSync(Buffer.alloc(1_400_000))
    bomb.writeUInt32LE(1, bomb.length - 4)
    const gzip = { 'content-encoding': 'gzip' }
    const answers = await Promise.all(Array.from({ length: 12 }, () => postWith(ingest.key, bomb, gzip)))
    const statuses = answers.map(({ status }) => status)
    expect(statuses.filter((status) => status !== 400 && status !== 429)).toEqual([])
    expect(statuses.filter((status) => status === 429).length).toBeGreaterThan(0)
  })

  test('a body that trickles is given up on long before its time is over', async () => {
    await ingest.restart({ bodyGraceMs: 50, bodyRateMin: 1000, bodyTimeoutMs: 60_000 })
    const reply = await trickle({ url: ingest.url, key: ingest.key, everyMs: 20 })
    expect(reply).toMatchObject({
      status: 408,
      text: expect.stringContaining('less than 1000 bytes a second'),
    })
  })
})

/** Sends one byte at a time until it is answered. */
function trickle(to: {
  url: string
  key: string
  everyMs: number
}): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${to.key}`, 'content-type': 'application/json' }
    const req = request(`${to.url}/v1/traces`, { method: 'POST', headers }, (res) => {
      clearInterval(timer)
      let text = ''
      res.on('data', (chunk: Buffer) => (text += chunk.toString()))
      res.on('end', () => resolve({ status: res.statusCode ?? 0, text }))
    })
    const timer = setInterval(() => req.write(' '), to.everyMs)
    req.on('error', reject)
  })
}
