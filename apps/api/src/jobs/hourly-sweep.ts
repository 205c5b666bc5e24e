import { listPolicies } from '@clew/control'
import { errorOf } from '@clew/runtime'
import { sweepRetention } from '@clew/store'
import type { ApiDeps } from '../deps.ts'

const firstAfterMs = 60_000
const everyMs = 3_600_000

export interface Job {
  start(): void
  /** Resolves when a run under way has ended. */
  stop(): Promise<void>
}

/** Deletes what no policy keeps any more, shortly after the start and every hour. One run at a time. */
export function createHourlySweep({ deps }: { deps: ApiDeps }): Job {
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> = Promise.resolve()
  const schedule = (ms: number) => {
    timer = setTimeout(() => {
      running = sweep(deps).finally(() => schedule(everyMs))
    }, ms)
    timer.unref()
  }
  return {
    start: () => schedule(firstAfterMs),
    stop: async () => {
      clearTimeout(timer)
      await running
      clearTimeout(timer)
    },
  }
}

async function sweep({ control, store, logger }: ApiDeps): Promise<void> {
  try {
    const projects = await listPolicies(control)
    const { droppedPartitions, movedRows } = await sweepRetention(store, { projects })
    if (droppedPartitions + movedRows > 0) logger.info('retention swept', { droppedPartitions, movedRows })
  } catch (thrown) {
    logger.error('retention sweep failed', { error: errorOf(thrown) })
  }
}
