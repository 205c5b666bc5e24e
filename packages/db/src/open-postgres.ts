import { setTimeout as pause } from 'node:timers/promises'
import { Client, Pool } from 'pg'
import { connectPool } from './connect-pool.ts'
import type { Db } from './db.ts'
import { isUnavailable } from './is-unavailable.ts'
import { openPostgresListener } from './open-postgres-listener.ts'

const retryMs = 500

/** How the connection that hears notifications is called in `pg_stat_activity`. */
export const listenerName = 'clew listener'

/** A real server. The pool never throws on a lost idle connection: the next query opens another. */
export async function openPostgres(options: {
  url: string
  migrationsFolder: string
  reachWithinMs: number
}): Promise<Db> {
  const { url, migrationsFolder, reachWithinMs } = options
  const settings = { connectionString: url, application_name: 'clew', keepAlive: true }
  const pool = new Pool({ ...settings, max: 10, connectionTimeoutMillis: 5000, idleTimeoutMillis: 30_000 })
  pool.on('error', () => {})
  try {
    await reach(pool, { url, reachWithinMs })
  } catch (error) {
    await pool.end()
    throw error
  }
  const listening = { ...settings, application_name: listenerName, connectionTimeoutMillis: 5000 }
  const listener = openPostgresListener(() => new Client(listening))
  return connectPool({
    pool,
    migrationsFolder,
    listen: listener.listen,
    onClose: listener.close,
  })
}

// Services start side by side: the database may need some seconds more. A wrong password needs no second try.
async function reach(pool: Pool, within: { url: string; reachWithinMs: number }): Promise<void> {
  const { url, reachWithinMs } = within
  const giveUpAtMs = Date.now() + reachWithinMs
  for (;;) {
    try {
      await pool.query('select 1')
      return
    } catch (error) {
      if (!isUnavailable(error) || Date.now() >= giveUpAtMs) throw unreachable(url, error)
      await pause(Math.min(retryMs, reachWithinMs))
    }
  }
}

// The URL holds the password, so only its host and database are told.
function unreachable(url: string, cause: unknown): Error {
  const place = URL.canParse(url) ? new URL(url) : undefined
  const where = place === undefined ? 'the given URL' : `${place.host}${place.pathname}`
  return new Error(`cannot use the database at ${where}: ${reasonOf(cause)}`, { cause })
}

function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return reasonOf(error.errors[0])
  return error instanceof Error ? error.message : 'unknown reason'
}
