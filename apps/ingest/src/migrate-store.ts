import { errorOf, type Logger } from '@clew/runtime'
import type { Store } from '@clew/store'

const retryEveryMs = 2000

export interface Migration {
  /** Ends the attempts that are left. */
  stop(): Promise<void>
}

/**
 * Brings the store's schema up to date. A store that is away is tried again until it is back, and holds nobody up:
 * until it is migrated it takes no batch, so that what arrives goes to the spool. Throws what else goes wrong at the
 * first attempt.
 */
export async function migrateStore(deps: {
  store: Pick<Store, 'migrate' | 'ping'>
  logger: Logger
  retryMs?: number
}): Promise<Migration> {
  const { store, logger, retryMs = retryEveryMs } = deps
  let isStopped = false
  let timer: NodeJS.Timeout | undefined
  let attempt = Promise.resolve()
  const again = (): void => {
    timer = setTimeout(() => {
      attempt = tryAgain()
    }, retryMs)
  }
  const tryAgain = async (): Promise<void> => {
    try {
      await store.migrate()
      logger.info('store is there and migrated')
    } catch (error) {
      logger.warn('store is not migrated yet, trying again', { error: errorOf(error) })
      if (!isStopped) again()
    }
  }
  try {
    await store.migrate()
  } catch (error) {
    if (await store.ping()) throw error
    logger.warn('store is away; what arrives is spooled until it can be migrated', { error: errorOf(error) })
    again()
  }
  return {
    stop: async () => {
      isStopped = true
      clearTimeout(timer)
      await attempt
    },
  }
}
