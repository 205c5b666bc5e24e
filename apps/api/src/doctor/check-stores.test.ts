import { expect, test } from 'vitest'
import { checkDisks, checkSchema, checkStore } from './check-stores.ts'

const gigabyte = 1024 ** 3

test.each([
  [{ version: 3, knownVersion: 3 }, true, 'ok', 'up to date'],
  [{ version: 2, knownVersion: 3 }, true, 'failed', 'ClickHouse is at migration 2, and this version needs 3'],
  [{ version: 3, knownVersion: 3 }, false, 'failed', 'the control database lacks migrations of this version'],
  [
    { version: 4, knownVersion: 3 },
    true,
    'warning',
    'ClickHouse is at migration 4; this version knows 3 of them',
  ],
])('a schema at %o, with control migrated: %s, is %s', (store, isDatabaseMigrated, status, detail) => {
  expect(checkSchema({ store, isDatabaseMigrated })).toMatchObject({ status, detail })
})

test.each([
  [60, 100, 'ok'],
  [9, 100, 'warning'],
  [1.5, 100, 'failed'],
  [0.4, 2, 'failed'],
  [30, 1000, 'ok'],
  [15, 1000, 'failed'],
])('a disk with %s of %s GB free is %s', (free, total, status) => {
  const roomy = { name: 'other', freeBytes: 500 * gigabyte, totalBytes: 500 * gigabyte }
  const disk = { name: 'default', freeBytes: free * gigabyte, totalBytes: total * gigabyte }
  expect(checkDisks([roomy, disk]).status).toBe(status)
})

test('a store that is away is said with what becomes of the spans', () => {
  expect(checkStore({ isUp: false })).toMatchObject({
    status: 'failed',
    detail: expect.stringContaining('spans wait in the spool'),
    advice: expect.stringContaining('CLEW_CLICKHOUSE_URL'),
  })
})
