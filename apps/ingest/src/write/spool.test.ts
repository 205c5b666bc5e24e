import { mkdtempSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { InsertBatch } from '@clew/store'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openSpool } from './spool.ts'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'clew-spool-'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

const bytesMax = 1_000_000
const batch: InsertBatch = {
  token: 'first',
  spans: [],
  logs: [],
  runEvents: [],
  scores: [],
}

test('a batch comes back as it went in, with the hash of its file as its token', async () => {
  const spool = await openSpool({ dir, bytesMax })
  expect(await spool.append(batch)).toEqual({ ok: true, value: undefined })
  const [name = ''] = await spool.list()
  expect(await spool.read(name)).toEqual({ ...batch, token: expect.stringMatching(/^[0-9a-f]{64}$/) })
  expect(statSync(join(dir, name)).mode & 0o077).toBe(0)
})

test('files are listed in the order in which they were written', async () => {
  const spool = await openSpool({ dir, bytesMax })
  for (const token of ['a', 'b', 'c']) await spool.append({ ...batch, token })
  expect((await spool.list()).toSorted()).toEqual(await spool.list())
  expect(await spool.list()).toHaveLength(3)
})

test('what a crash left half written was never acknowledged and is forgotten; the rest counts', async () => {
  const before = await openSpool({ dir, bytesMax })
  await before.append(batch)
  writeFileSync(join(dir, '000-x.batch.part'), 'half')
  const after = await openSpool({ dir, bytesMax })
  expect(readdirSync(dir).filter((name) => name.endsWith('.part'))).toEqual([])
  expect(after.bytes).toBe(before.bytes)
  expect(await after.list()).toHaveLength(1)
})

test('a file that lost its end is not a batch, and is set aside', async () => {
  const spool = await openSpool({ dir, bytesMax })
  await spool.append(batch)
  const [name = ''] = await spool.list()
  truncateSync(join(dir, name), 20)
  expect(await spool.read(name)).toBeUndefined()
  await spool.setAside(name)
  expect(await spool.list()).toEqual([])
  expect(readdirSync(dir)).toEqual([`${name}.unreadable`])
})

test('a spool takes no more than it may, and takes again once it is emptied', async () => {
  const spool = await openSpool({ dir, bytesMax: 150 })
  expect(await spool.append(batch)).toMatchObject({ ok: true })
  expect(await spool.append(batch)).toMatchObject({ ok: false, error: { code: 'spool-full' } })
  for (const name of await spool.list()) await spool.remove(name)
  expect(spool.bytes).toBe(0)
  expect(await spool.append(batch)).toMatchObject({ ok: true })
})

test('a write that fails leaves no part behind and claims no room', async () => {
  const spool = await openSpool({ dir, bytesMax, readFreeBytes: async () => Infinity })
  rmSync(dir, { recursive: true })
  expect(await spool.append(batch)).toMatchObject({ ok: false, error: { code: 'spool-failed' } })
  expect(spool.bytes).toBe(0)
})

test('the last 128 MB of a disk are left to the store', async () => {
  let freeBytes = 128 * 1024 * 1024
  const spool = await openSpool({ dir, bytesMax, readFreeBytes: async () => freeBytes })
  expect(await spool.append(batch)).toEqual({
    ok: false,
    error: { code: 'spool-full', message: 'The disk of the spool is nearly full' },
  })
  expect([spool.bytes, readdirSync(dir)]).toEqual([0, []])
  freeBytes *= 2
  expect(await spool.append(batch)).toMatchObject({ ok: true })
})
