import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createApi } from '@clew/api'
import { ensureInitial, openControl } from '@clew/control'
import { migrateDb, openDb } from '@clew/db'
import { createIngest } from '@clew/ingest'
import { createLogger, createMetrics, createMountHandler } from '@clew/runtime'
import { openStore } from '@clew/store'

/** Ingest and API in one process on embedded stores, as `npm start` runs them, without the pages. */
const directory = mkdtempSync(join(tmpdir(), 'clew-bench-live-'))
const [key = '', migrationsFolder = ''] = process.argv.slice(2)
const db = await openDb({ url: 'pglite:memory', migrationsFolder })
await migrateDb(db)
const store = await openStore({ url: `chdb:${join(directory, 'clickhouse')}` })
await store.migrate()
const publicUrl = 'http://127.0.0.1'
const control = await openControl({ db, secret: 'a secret that only a benchmark has', publicUrl })
const initial = await ensureInitial(control, {
  adminEmail: 'bench@example.com',
  adminPassword: 'correct horse battery',
  project: 'Bench',
  apiKey: key,
})
if (!initial.ok) throw new Error(initial.error.message)
const logger = createLogger({ level: 'error', format: 'human' })
const metrics = createMetrics()
const config = { publicUrl, trustedOrigins: [], otlpUrl: publicUrl, version: 'bench' }
const mounts = [
  createIngest({ store, control, logger, metrics, config: { spoolDir: join(directory, 'spool') } }),
  createApi({ store, control, logger, config }),
]
for (const mount of mounts) await mount.start()
const server = createServer(createMountHandler({ mounts, logger }))
server.listen(0, '127.0.0.1', 6000, () => {
  const address = server.address()
  process.send?.({ port: typeof address === 'object' ? address?.port : undefined })
})
process.on('message', (message) => {
  if (message === 'cpu') process.send?.({ cpu: process.cpuUsage(), rss: process.memoryUsage.rss() })
  if (message === 'stop') void stop()
})

/** The store writes until it is closed, so its folder goes after it. */
async function stop(): Promise<void> {
  for (const mount of mounts.toReversed()) await mount.stop()
  await store.close()
  rmSync(directory, { recursive: true, force: true })
  process.exit(0)
}
