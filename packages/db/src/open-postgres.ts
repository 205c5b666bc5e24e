import { Client, Pool } from 'pg'
import { connectPool } from './connect-pool.ts'
import type { Db } from './db.ts'
import { openPostgresListener } from './open-postgres-listener.ts'

/** A real server. The pool never throws on a lost idle connection: the next query opens another. */
export async function openPostgres(options: { url: string; migrationsFolder: string }): Promise<Db> {
  const { url, migrationsFolder } = options
  const settings = { connectionString: url, application_name: 'clew', keepAlive: true }
  const pool = new Pool({ ...settings, max: 10, connectionTimeoutMillis: 5000, idleTimeoutMillis: 30_000 })
  pool.on('error', () => {})
  const listener = openPostgresListener(() => new Client({ ...settings, connectionTimeoutMillis: 5000 }))
  return connectPool({
    pool,
    migrationsFolder,
    listen: listener.listen,
    onClose: listener.close,
  })
}
