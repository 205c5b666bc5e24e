import { fileURLToPath } from 'node:url'
import { ensureInitial, firstRunLink, openControl } from '@clew/control'
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
import packageJson from '../package.json' with { type: 'json' }
import { readServiceConfig, type ServiceConfig } from './config.ts'
import { createApi } from './create-api.ts'

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
  const { databaseUrl, clickhouseUrl, secret, trustedOrigins, host, port } = config
  const publicUrl = config.publicUrl ?? `http://${host}:${port}`
  const migrationsFolder = fileURLToPath(new URL('./migrations', import.meta.url))
  const db = await openDb({ url: databaseUrl, migrationsFolder })
  lifecycle.add('database', () => db.close())
  const store = await openStore({ url: clickhouseUrl })
  lifecycle.add('clickhouse', () => store.close())
  await Promise.all([migrateDb(db), store.migrate()])
  const control = await openControl({ db, secret, publicUrl, trustedOrigins })
  lifecycle.add('control', () => control.close())
  const initial = await ensureInitial(control, config.initial)
  if (!initial.ok) throw new Error(`the first set-up failed: ${initial.error.message}`)

  const otlpUrl = publicUrl
  const apiConfig = { version: packageJson.version, publicUrl, trustedOrigins, otlpUrl }
  const api = createApi({ store, control, logger, config: apiConfig })
  const health = createHealth({
    checks: () => ({
      clickhouse: () => store.ping(),
      database: () => db.ping(),
      schema: () => isMigrated(db),
    }),
  })
  await api.start()
  const handler = createMountHandler({ mounts: [health, createMetrics().mount, api], logger })
  const server = await serve({ host, port, handler, portVariable: 'CLEW_PORT' })
  if (!server.ok) throw new Error(server.error.message)
  lifecycle.add('server', () => server.value.close(closeGraceMs))
  lifecycle.add('api', () => api.stop())
  lifecycle.add('readiness', () => health.markStopping())
  health.markReady()
  const link = await firstRunLink(control)
  logger.info('listening', { url: server.value.url, ...(link === undefined ? {} : { firstRunLink: link }) })
}

await main()
