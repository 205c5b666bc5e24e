import { randomUUID } from 'node:crypto'
import { getTableName, sql } from 'drizzle-orm'
import { Client } from 'pg'
import type { Db } from '../db.ts'
import { migrateDb } from '../migrate-db.ts'
import { openDb } from '../open-db.ts'
import { listenerName } from '../open-postgres.ts'
import * as schema from '../schema/index.ts'
import { readTestServerUrl } from './config.ts'

export interface TestDb {
  db: Db
  /** Where a second process would connect; undefined when only this process can. */
  url: string | undefined
  /** Cuts each connection on which notifications are heard, and gives their number; the embedded engine has none. */
  cutListeners: () => Promise<number>
  /** Deletes every row: quicker than a new database for each test. */
  empty: () => Promise<void>
  close: () => Promise<void>
}

/**
 * A migrated, empty database for one suite: embedded in memory, or a database of its own on the server that
 * CLEW_TEST_DATABASE_URL names.
 */
export async function openTestDb(): Promise<TestDb> {
  const server = readTestServerUrl()
  if (server === undefined) {
    const db = await openDb({ url: 'pglite:memory' })
    await migrateDb(db)
    return {
      db,
      url: undefined,
      cutListeners: () => Promise.resolve(0),
      empty: async () => await emptyDb(db),
      close: async () => await db.close(),
    }
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
    cutListeners: async () => await cutListeners(db),
    empty: async () => await emptyDb(db),
    async close() {
      await db.close()
      await onServer(server, `drop database if exists ${name} with (force)`)
    },
  }
}

async function emptyDb(db: Db): Promise<void> {
  const names = Object.values(schema).map((table) => sql.identifier(getTableName(table)))
  await db.orm.execute(sql`truncate ${sql.join(names, sql`, `)} restart identity cascade`)
}

async function cutListeners(db: Db): Promise<number> {
  const { rowCount } = await db.orm.execute(
    sql`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and application_name = ${listenerName}`,
  )
  return rowCount ?? 0
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
