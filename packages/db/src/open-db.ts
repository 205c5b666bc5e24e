export interface DbOptions {
  /** `pglite:<dir>`, `pglite:memory` or `postgres://…`. */
  url: string
  /** Where the SQL migrations lie; a bundle that has moved away from them must say. */
  migrationsFolder?: string
}

/** An open database; one type whichever engine is behind it. */
export interface Db {
  /** Resolves false when the database does not answer within two seconds. */
  ping(): Promise<boolean>
  close(): Promise<void>
}

export async function openDb(_options: DbOptions): Promise<Db> {
  throw new Error('not implemented')
}

/** Brings the schema up to date; safe to call from several processes at once. */
export async function migrateDb(_db: Db): Promise<void> {
  throw new Error('not implemented')
}
