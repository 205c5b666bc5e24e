import { openControl, type Control } from '@clew/control'
import { migrateDb, openDb, type Db } from '@clew/db'
import type { Config, Lifecycle } from '@clew/runtime'
import { openStore, type Store } from '@clew/store'

export interface DatabaseAssets {
  migrationsFolder: string
  templateFile: string
}

export interface OpenStores {
  db: Db
  store: Store
  control: Control
}

/** Opens and migrates both stores. The database goes first: it says who else uses the data folder. */
export async function openStores(options: {
  config: Config
  lifecycle: Lifecycle
  assets?: DatabaseAssets
  secret: string
  /** Where people open Clew. */
  url: string
  clock?: () => number
}): Promise<OpenStores> {
  const { config, lifecycle, assets, secret, url, clock = Date.now } = options
  const db = await openDb({ url: config.databaseUrl, ...assets })
  lifecycle.add('database', () => db.close())
  const store = await openStore({ url: config.clickhouseUrl, clock })
  lifecycle.add('clickhouse', () => store.close())
  await Promise.all([migrateDb(db), store.migrate()])
  const { trustedOrigins } = config
  const control = await openControl({ db, secret, publicUrl: url, trustedOrigins, clock })
  lifecycle.add('control', () => control.close())
  return { db, store, control }
}
