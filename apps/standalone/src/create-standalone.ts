import { join } from 'node:path'
import { createApi } from '@clew/api'
import { ensureInitial, firstRunLink } from '@clew/control'
import { isMigrated } from '@clew/db'
import { fail, ok, type Result } from '@clew/domain'
import { createIngest } from '@clew/ingest'
import {
  createHealth,
  createMetrics,
  createMountHandler,
  errorOf,
  type Config,
  type Lifecycle,
  type Logger,
  type Mount,
  type RunningServer,
} from '@clew/runtime'
import packageJson from '../package.json' with { type: 'json' }
import { createDemoKey } from './demo-key.ts'
import { listen, type Listening } from './listen.ts'
import { openStores, type DatabaseAssets, type OpenStores } from './open-stores.ts'
import { prepareDataDir } from './prepare-data-dir.ts'

export interface StandaloneOptions {
  config: Config
  logger: Logger
  /** Receives everything that has to be stopped, also when the start fails midway. */
  lifecycle: Lifecycle
  /** Where the bundle keeps what the database needs; the workspace's own when absent. */
  assets?: DatabaseAssets
  /** Serves the pages; asked for once the server listens. Without it there are none. */
  createWeb?: (server: RunningServer) => Mount
  /** Milliseconds since the epoch. */
  clock?: () => number
}

export interface Standalone {
  version: string
  url: string
  otlpUrl: string
  /** Present until the first person exists. */
  firstRunLink?: string
}

export interface StartFailure {
  code: 'start-failed'
  message: string
}

/** Opens every store once and serves everything on one port, and OTLP on its own besides. */
export async function createStandalone(
  options: StandaloneOptions,
): Promise<Result<Standalone, StartFailure>> {
  const { config, logger, lifecycle } = options
  const prepared = await prepareDataDir(config)
  if (!prepared.ok) return startFailed(prepared.error.message)
  const listening = await listen(options)
  if (!listening.ok) return startFailed(listening.error.message)
  const { url, otlpUrl, close } = listening.value
  lifecycle.add('servers', close)
  try {
    const stores = await openStores({ ...options, secret: prepared.value.secret, url })
    const initial = await ensureInitial(stores.control, config.initial)
    if (!initial.ok) return startFailed(`The first set-up failed: ${initial.error.message}`)
    await startMounts({ options, stores, listening: listening.value })
    const link = await firstRunLink(stores.control)
    const { version } = packageJson
    return ok({ version, url, otlpUrl, ...(link === undefined ? {} : { firstRunLink: link }) })
  } catch (thrown) {
    logger.debug('start failed', { error: errorOf(thrown) })
    return startFailed(errorOf(thrown).message)
  }
}

async function startMounts(parts: {
  options: StandaloneOptions
  stores: OpenStores
  listening: Listening
}): Promise<void> {
  const { options, stores, listening } = parts
  const { config, lifecycle, logger, clock = Date.now } = options
  const { db, store } = stores
  const health = createHealth({
    checks: () => ({
      clickhouse: () => store.ping(),
      database: () => db.ping(),
      schema: () => isMigrated(db),
    }),
  })
  const { url, otlpUrl, main } = listening
  const { dataDir, trustedOrigins } = config
  const apiConfig = { version: packageJson.version, publicUrl: url, trustedOrigins, otlpUrl, dataDir }
  const metrics = createMetrics()
  const api = createApi({ ...stores, logger, clock, config: apiConfig })
  const mounts: Mount[] = [
    health,
    metrics.mount,
    createIngest({
      ...stores,
      logger,
      metrics,
      clock,
      config: {
        spoolDir: join(dataDir, 'spool'),
        ...config.ingest,
        ...(config.forward === undefined ? {} : { forward: config.forward }),
      },
    }),
    api,
    ...(options.createWeb === undefined ? [] : [options.createWeb(main)]),
  ]
  for (const mount of mounts) {
    await mount.start()
    lifecycle.add(mount.prefix[0] ?? 'mount', () => mount.stop())
  }
  const demoKey = createDemoKey({ control: stores.control, dataDir, logger })
  demoKey.start()
  lifecycle.add('demo key', () => demoKey.stop())
  // The last added stops first: streams are cut and requests end before the parts that they use are closed.
  lifecycle.add('servers', listening.close)
  lifecycle.add('streams', () => api.stop())
  lifecycle.add('readiness', () => health.markStopping())
  listening.switchTo(createMountHandler({ mounts, logger }))
  health.markReady()
}

function startFailed(message: string): Result<never, StartFailure> {
  return fail({ code: 'start-failed', message })
}
