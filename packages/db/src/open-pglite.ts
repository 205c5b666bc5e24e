import { existsSync } from 'node:fs'
import { readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { PGlite } from '@electric-sql/pglite'
import { connectPool } from './connect-pool.ts'
import type { Db, Subscription } from './db.ts'
import { lockDirectory } from './lock-directory.ts'
import { PglitePool } from './pglite-pool.ts'
import { unpackTemplate } from './unpack-template.ts'

export interface PgliteOptions {
  /** `memory` keeps everything in memory. */
  directory: string
  migrationsFolder: string
  /** A prepared data directory; where it is missing or unusable, the engine makes one from nothing. */
  templateFile: string
}

/**
 * Postgres inside this process. Its package is imported here and only here, when called, so that an image without
 * it runs.
 */
export async function openPglite(options: PgliteOptions): Promise<Db> {
  const { directory, migrationsFolder, templateFile } = options
  if (directory === 'memory') {
    return connectEngine({
      engine: await startInMemory(templateFile),
      migrationsFolder,
      unlock: async () => {},
    })
  }
  const unlock = await lockDirectory(directory)
  try {
    return connectEngine({
      engine: await startInDirectory(directory, templateFile),
      migrationsFolder,
      unlock,
    })
  } catch (error) {
    await unlock()
    throw error
  }
}

function connectEngine(options: {
  engine: PGlite
  migrationsFolder: string
  unlock: () => Promise<void>
}): Db {
  const { engine, migrationsFolder, unlock } = options
  const pool = new PglitePool(engine)
  return connectPool({
    pool,
    migrationsFolder,
    listen: async (subscription) => await listenInProcess({ engine, pool, subscription }),
    async onClose() {
      await engine.close()
      await unlock()
    },
  })
}

async function importEngine(): Promise<typeof PGlite> {
  try {
    const { PGlite: Engine } = await import('@electric-sql/pglite')
    return Engine
  } catch (cause) {
    throw new Error('this build carries no embedded database: set CLEW_DATABASE_URL to postgres://…', {
      cause,
    })
  }
}

async function startInMemory(templateFile: string): Promise<PGlite> {
  const Engine = await importEngine()
  try {
    return await Engine.create({ loadDataDir: new Blob([await readFile(templateFile)]) })
  } catch {
    return await Engine.create()
  }
}

async function startInDirectory(directory: string, templateFile: string): Promise<PGlite> {
  const Engine = await importEngine()
  const dataDir = join(directory, 'data')
  if (existsSync(dataDir)) return await Engine.create(dataDir)
  // Made aside and renamed, so that a start that dies half-way leaves no half database.
  const draft = join(directory, 'data.draft')
  await rm(draft, { recursive: true, force: true })
  try {
    await unpackTemplate({ file: templateFile, directory: draft })
    await rename(draft, dataDir)
    return await Engine.create(dataDir)
  } catch {
    await rm(draft, { recursive: true, force: true })
    await rm(dataDir, { recursive: true, force: true })
  }
  const engine = await Engine.create(draft)
  await engine.close()
  await rename(draft, dataDir)
  return await Engine.create(dataDir)
}

async function listenInProcess(options: {
  engine: PGlite
  pool: PglitePool
  subscription: Subscription
}): Promise<() => Promise<void>> {
  const { engine, pool, subscription } = options
  const stop = engine.onNotification((channel, payload) => {
    if (channel === subscription.channel) subscription.onMessage(payload)
  })
  await pool.query(`listen "${subscription.channel.replaceAll('"', '""')}"`)
  return async () => stop()
}
