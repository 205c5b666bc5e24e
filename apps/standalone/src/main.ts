import { fileURLToPath } from 'node:url'
import { createLifecycle, createLogger, describeConfig, exitCodeConfig } from '@clew/runtime'
import { toBanner } from './banner.ts'
import { prepareEnvironment, readStandaloneConfig } from './config.ts'
import { createStandalone } from './create-standalone.ts'

const besideBundle = (path: string) => fileURLToPath(new URL(path, import.meta.url))

async function main(): Promise<void> {
  const read = readStandaloneConfig()
  if (!read.ok) {
    process.stderr.write(`clew: ${read.error.message}\n`)
    process.exit(exitCodeConfig)
  }
  const config = read.value
  const { isDev, dataDir } = config
  prepareEnvironment({ isDev })
  const format = config.logFormat ?? (process.stderr.isTTY ? 'human' : 'json')
  const logger = createLogger({ level: config.logLevel, format })
  logger.debug('configuration', describeConfig(config))
  const lifecycle = createLifecycle({ logger, deadlineMs: config.shutdownMs })
  lifecycle.listen()
  const { createWebMount } = await import('./web-mount.ts')
  const started = await createStandalone({
    config,
    logger,
    lifecycle,
    assets: {
      migrationsFolder: besideBundle('./migrations'),
      templateFile: besideBundle('./pglite-template.tar.gz'),
    },
    createWeb: ({ port, server }) => {
      const dir = besideBundle('../../web')
      return createWebMount({ dir, isDev, hostname: config.host, port, httpServer: server })
    },
  })
  if (!started.ok) {
    process.stderr.write(`clew: ${started.error.message}\n`)
    await lifecycle.stop('start failed')
    process.exit(1)
  }
  process.stdout.write(toBanner({ standalone: started.value, dataDir }))
}

await main()
