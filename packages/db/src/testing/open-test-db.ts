import { randomUUID } from 'node:crypto'
import { Client } from 'pg'
import type { Db } from '../db.ts'
import { migrateDb } from '../migrate-db.ts'
import { openDb } from '../open-db.ts'

export interface TestDb {
  db: Db
  /** Where a second process would connect; undefined when only this process can. */
  url: string | undefined
  close: () => Promise<void>
}

/**
 * A migrated, empty database for one suite: embedded in memory, or a database of its own on the server that
 * CLEW_TEST_DATABASE_URL names.
 */
export async function openTestDb(): Promise<TestDb> {
  const server = process.env['CLEW_TEST_DATABASE_URL']
  if (server === undefined || server === '') {
    const db = await openDb({ url: 'pglite:memory' })
    await migrateDb(db)
    return { db, url: undefined, close: async () => await db.close() }
  }
  const name = `clew_test_${randomUUID().replaceAll('-', '')}`
  await onServer(server, `create database ${name}`)
  const url = new URL(server)
  url.pathname = `/${name}`
  const db = await openDb({ url: url.href })
  await migrateDb(db)
  return {
    db,
    url: url.href,
    async close() {
      await db.close()
      await onServer(server, `drop database if exists ${name} with (force)`)
    },
  }
}

async function onServer(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
