import type { NodePgDatabase } from 'drizzle-orm/node-postgres'
import type * as schema from './schema/index.ts'

export type Orm = NodePgDatabase<typeof schema>
export type Transaction = Parameters<Parameters<Orm['transaction']>[0]>[0]

export interface Subscription {
  channel: string
  onMessage: (payload: string) => void
  /** Called when messages may have been missed: the connection was lost and stands again. */
  onGap: () => void
}

/** An open database; one type, whichever engine is behind it. */
export interface Db {
  readonly orm: Orm
  /** Where SQL migrations are read from. */
  readonly migrationsFolder: string
  /**
   * Runs `work` on one connection of its own. Never call the outer `orm` inside: the embedded engine has a single
   * connection, which `work` holds.
   */
  withConnection<Value>(work: (orm: Orm) => Promise<Value>): Promise<Value>
  /** LISTEN; resolves when the database listens. */
  listen(subscription: Subscription): Promise<() => Promise<void>>
  /** False when the database does not answer within two seconds. */
  ping(): Promise<boolean>
  close(): Promise<void>
}
