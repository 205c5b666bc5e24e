import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { expect, it } from 'vitest'
import { openStore } from './open-store.ts'
import { toStoreFailure } from './driver/to-store-failure.ts'
import { listRuns } from './queries/list-runs.ts'
import { StoreError } from './store-failure.ts'
import { buildBatch, buildSpan, testOwner, testProject } from './testing/build-span.ts'
import { openTestStore } from './testing/open-test-store.ts'

const batch = buildBatch('lost', { spans: [{ owner: testOwner(), span: buildSpan() }] })
const scope = { projectId: testProject(), retention: { metadataDays: 30, contentDays: 7 } } as const

it('says that a server that is not there is unavailable, and throws nothing', async () => {
  const store = await openStore({ url: `http://default:@127.0.0.1:${await unusedPort()}/clew` })
  expect(await store.ping()).toBe(false)
  expect(await store.insertBatch(batch)).toMatchObject({ ok: false, error: { code: 'unavailable' } })
  const error: unknown = await listRuns(store, { ...scope, filter: { scope: 'root' }, limit: 1 }).catch(
    (thrown: unknown) => thrown,
  )
  expect(StoreError.isInstance(error) && error.failure.code).toBe('unavailable')
  await store.close()
})

it('tells data that will never be taken from a schema that is not there yet', async () => {
  const { store, close } = await openTestStore()
  const insert = (table: string): Promise<unknown> =>
    store.database
      .insert({ table, token: 'x', body: { format: 'JSONEachRow', bytes: Buffer.from('{"ver":"many"}\n') } })
      .catch((error: unknown) => toStoreFailure(error).code)
  expect(await insert('spans')).toBe('rejected')
  expect(await insert('no_such_table')).toBe('unavailable')
  await close()
})

it('migrates again without harm, and refuses a URL that it does not know', async () => {
  const { store, close } = await openTestStore()
  expect(await store.insertBatch(batch)).toEqual({ ok: true, value: undefined })
  await store.migrate()
  expect(await store.database.query({ sql: 'SELECT count() AS n FROM spans' })).toEqual([{ n: '1' }])
  await close()
  await expect(openStore({ url: 'mysql://x' })).rejects.toThrow('must be chdb:<directory>')
  await expect(openStore({ url: 'http://h:1/a;b' })).rejects.toThrow('is not a database name')
  await expect(openStore({ url: 'chdb:' })).rejects.toThrow('needs a directory')
})

async function unusedPort(): Promise<number> {
  const server = createServer()
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(portOf(server.address())))
  })
  await new Promise((resolve) => {
    server.close(resolve)
  })
  return port
}

function portOf(address: AddressInfo | string | null): number {
  return typeof address === 'object' && address !== null ? address.port : 0
}
