import { drizzle } from 'drizzle-orm/node-postgres'
import type { NodePgClient } from 'drizzle-orm/node-postgres'
import type { Pool } from 'pg'
import type { Db, Orm } from './db.ts'
import type { PglitePool } from './pglite-pool.ts'
import * as schema from './schema/index.ts'

const pingTimeoutMs = 2000

interface Connected {
  pool: Pool | PglitePool
  migrationsFolder: string
  listen: Db['listen']
  /** Runs after the pool has ended. */
  onClose: () => Promise<void>
}

/** Puts the drizzle face on a pool; both engines come through here, so every query is the same code. */
export function connectPool(connected: Connected): Db {
  const { pool, migrationsFolder, listen, onClose } = connected
  let closing: Promise<void> | undefined
  return {
    orm: toOrm(pool),
    migrationsFolder,
    listen,
    async withConnection(work) {
      const client = await pool.connect()
      try {
        return await work(toOrm(client))
      } finally {
        client.release()
      }
    },
    async ping() {
      return await answers(pool)
    },
    async close() {
      closing ??= pool.end().then(onClose)
      await closing
    },
  }
}

function toOrm(client: object): Orm {
  return drizzle(asClient(client), { schema, casing: 'snake_case' })
}

function asClient(client: object): NodePgClient {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the pools answer query, connect and release
  return client as NodePgClient
}

async function answers(pool: Connected['pool']): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), pingTimeoutMs)
  })
  const answer = pool.query('select 1').then(
    () => true,
    () => false,
  )
  try {
    return await Promise.race([answer, late])
  } finally {
    clearTimeout(timer)
  }
}
