import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLogger } from '@clew/runtime'
import { openStore } from '@clew/store'
import { buildBatch, buildSpan, openHttpFront, testOwner } from '@clew/store/testing'
import { expect, test, vi } from 'vitest'
import { migrateStore } from './migrate-store.ts'

const logger = createLogger({ level: 'error', format: 'json', write: () => undefined })

test('a store that is away takes nothing, and is migrated when it comes', async () => {
  const port = await freePort()
  const store = await openStore({ url: `http://127.0.0.1:${port}/clew` })
  const migration = await migrateStore({ store, logger, retryMs: 10 })
  const batch = buildBatch('late', { spans: [{ owner: testOwner(), span: buildSpan() }] })
  expect(await store.insertBatch(batch)).toMatchObject({ ok: false, error: { code: 'unavailable' } })

  const directory = mkdtempSync(join(tmpdir(), 'clew-late-'))
  const front = await openHttpFront({ directory, port })
  await vi.waitFor(async () => expect(await store.insertBatch(batch)).toMatchObject({ ok: true }), {
    timeout: 20_000,
  })
  await migration.stop()
  await store.close()
  await front.close()
  rmSync(directory, { recursive: true, force: true })
})

test('a store that is there but refuses is no store that is away', async () => {
  const refuses = { migrate: () => Promise.reject(new Error('not allowed')), ping: async () => true }
  await expect(migrateStore({ store: refuses, logger })).rejects.toThrow('not allowed')
})

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}
