import { openChdbDatabase } from './chdb-database.ts'
import type { Database } from './database.ts'
import { openHttpDatabase } from './http-database.ts'

/** The driver is the URL's scheme: `chdb:<dir>` is the embedded engine, `http(s)://` a server. */
export async function openDatabase(url: string): Promise<Database> {
  if (url.startsWith('chdb:')) return openChdbDatabase(url.slice('chdb:'.length))
  if (/^https?:\/\//.test(url)) return openHttpDatabase(url)
  throw new Error('The ClickHouse URL must be chdb:<directory> or http(s)://user:password@host:port/database')
}
