import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openControl } from '@clew/control'
import { isMigrated, migrateDb, openDb } from '@clew/db'
import {
  createHealth,
  createLifecycle,
  createLogger,
  createMetrics,
  createMountHandler,
  describeConfig,
  errorOf,
  exitCodeConfig,
  serve,
  type Lifecycle,
  type Logger,
} from '@clew/runtime'
import { openStore } from '@clew/store'
import { readServiceConfig, type ServiceConfig } from './config.ts'
import { createIngest } from './create-ingest.ts'
import { migrateStore } from './migrate-store.ts'

const closeGraceMs = 1500

interface Process {
  config: ServiceConfig
  logger: Logger
  lifecycle: Lifecycle
}

async function main(): Promise<void> {
  const read = readServiceConfig()
  if (!read.ok) {
    process.stderr.write(`clew: ${read.error.message}\n`)
    process.exit(exitCodeConfig)
  }
  const config = read.value
  const logger = createLogger({ level: config.logLevel, format: config.logFormat ?? 'json' })
  const lifecycle = createLifecycle({ logger, deadlineMs: config.shutdownMs })
  lifecycle.listen()
  logger.info('configuration', describeConfig(config))
  try {
    await start({ config, logger, lifecycle })
  } catch (thrown) {
    logger.error('could not start', { error: errorOf(thrown) })
    await lifecycle.stop('start failed')
    process.exit(1)
  }
}

async function start({ config, logger, lifecycle }: Process): Promise<void> {
  const { databaseUrl, clickhouseUrl, secret, host, port, dataDir } = config
  const publicUrl = config.publicUrl ?? `http://${host}:${port}`
  const migrationsFolder = fileURLToPath(new URL('./migrations', import.meta.url))
  const db = await openDb({ url: databaseUrl, migrationsFolder })
  lifecycle.add('database', () => db.close())
  const store = await openStore({ url: clickhouseUrl })
  lifecycle.add('clickhouse', () => store.close())
  const [, migration] = await Promise.all([migrateDb(db), migrateStore({ store, logger })])
  lifecycle.add('migration', () => migration.stop())
  const control = await openControl({ db, secret, publicUrl })
  lifecycle.add('control', () => control.close())

  const metrics = createMetrics()
  const ingest = createIngest({
    store,
    control,
    logger,
    metrics,
    config: {
      spoolDir: join(dataDir, 'spool'),
      ...config.ingest,
      ...(config.forward === undefined ? {} : { forward: config.forward }),
    },
  })
  const health = createHealth({
    checks: () => ({
      clickhouse: () => store.ping(),
      database: () => db.ping(),
      schema: () => isMigrated(db),
    }),
  })
  await ingest.start()
  lifecycle.add('ingest', () => ingest.stop())
  const handler = createMountHandler({ mounts: [health, metrics.mount, ingest], logger })
  const server = await serve({ host, port, handler, portVariable: 'CLEW_PORT' })
  if (!server.ok) throw new Error(server.error.message)
  lifecycle.add('server', () => server.value.close(closeGraceMs))
  lifecycle.add('readiness', () => health.markStopping())
  health.markReady()
  logger.info('listening', { url: server.value.url })
}

await main()
