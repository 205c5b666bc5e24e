import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import { migrate } from 'drizzle-orm/node-postgres/migrator'
import type { Db } from './db.ts'

// An arbitrary constant: what matters is that every process of Clew asks for the same lock.
const migrationLock = 718_281_828

/** Brings the schema up to date; safe to call from several processes at once. */
export async function migrateDb(db: Db): Promise<void> {
  const { migrationsFolder } = db
  if (!existsSync(join(migrationsFolder, 'meta', '_journal.json'))) {
    throw new Error(`no migrations at ${migrationsFolder}: hand openDb the right migrationsFolder`)
  }
  await db.withConnection(async (orm) => {
    await orm.execute(sql`select pg_advisory_lock(${migrationLock})`)
    try {
      await migrate(orm, { migrationsFolder })
    } finally {
      await orm.execute(sql`select pg_advisory_unlock(${migrationLock})`)
    }
  })
}

/** True when every migration that this program knows has been applied. */
export async function isMigrated(db: Db): Promise<boolean> {
  const newest = readMigrationFiles({ migrationsFolder: db.migrationsFolder }).at(-1)
  if (newest === undefined) return true
  try {
    const { rows } = await db.orm.execute(
      sql`select 1 from drizzle.__drizzle_migrations where created_at >= ${newest.folderMillis} limit 1`,
    )
    return rows.length > 0
  } catch {
    return false
  }
}
