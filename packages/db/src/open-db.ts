import { fileURLToPath } from 'node:url'
import type { Db } from './db.ts'
import { openPglite } from './open-pglite.ts'
import { openPostgres } from './open-postgres.ts'

export interface DbOptions {
  /** `pglite:<dir>`, `pglite:memory` or `postgres://…`. */
  url: string
  /** Where the SQL migrations lie; a bundle that has moved away from them must say. */
  migrationsFolder?: string
  /** The prepared data directory of the embedded engine, which makes a first start quick; may be missing. */
  templateFile?: string
  /** How long a server that is starting up is waited for; 15 s when absent. */
  reachWithinMs?: number
}

const reachWithinMsDefault = 15_000

/** Opens the database that the URL names; the scheme is the only place that tells one engine from the other. */
export async function openDb(options: DbOptions): Promise<Db> {
  const { url } = options
  const migrationsFolder =
    options.migrationsFolder ?? fileURLToPath(new URL('../migrations', import.meta.url))
  if (url.startsWith('pglite:')) {
    const directory = url.slice('pglite:'.length)
    if (directory === '')
      throw new Error('the database URL "pglite:" names no directory; try pglite:.clew/postgres')
    const templateFile = options.templateFile ?? defaultTemplateFile()
    return await openPglite({ directory, migrationsFolder, templateFile })
  }
  if (url.startsWith('postgres://') || url.startsWith('postgresql://')) {
    const { reachWithinMs = reachWithinMsDefault } = options
    return await openPostgres({ url, migrationsFolder, reachWithinMs })
  }
  throw new Error('the database URL must start with "pglite:" or "postgres://"')
}

/** Where the build leaves the prepared data directory. */
export function defaultTemplateFile(): string {
  return fileURLToPath(new URL('../dist/pglite-template.tar.gz', import.meta.url))
}
