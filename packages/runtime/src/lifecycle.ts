import { createDeferred } from './deferred.ts'
import { errorOf } from './error-of.ts'
import type { Logger } from './logger.ts'

export interface Lifecycle {
  /** Registers something to stop; the last one added is stopped first. */
  add(name: string, stop: () => unknown): void
  /** Stops everything once and resolves with the exit code: 0 when all stopped within the deadline. */
  stop(reason: string): Promise<number>
  /** Settles when `stop` has finished, whoever called it. */
  readonly stopped: Promise<number>
  /** Stops on SIGTERM, SIGINT and SIGHUP, then exits; a second signal exits at once with 1. */
  listen(source?: SignalSource): void
}

/** The part of `process` that a lifecycle needs. */
export interface SignalSource {
  on(signal: NodeJS.Signals, listener: (signal: NodeJS.Signals) => void): unknown
  exit(code: number): void
}

const signals: NodeJS.Signals[] = ['SIGTERM', 'SIGINT', 'SIGHUP']

/** Ordered stop with one deadline for all: what was opened last is closed first. */
export function createLifecycle(options: { logger: Logger; deadlineMs: number }): Lifecycle {
  const { logger, deadlineMs } = options
  const steps: { name: string; stop: () => unknown }[] = []
  const { promise: stopped, resolve: settle } = createDeferred<number>()
  let stopping = false

  const stop = (reason: string): Promise<number> => {
    if (stopping) return stopped
    stopping = true
    logger.debug('stopping', { reason })
    void stopInOrder({ steps, logger, deadlineMs }).then(settle)
    return stopped
  }

  return {
    add: (name, stopStep) => void steps.push({ name, stop: stopStep }),
    stop,
    stopped,
    listen: (source = process) => {
      for (const signal of signals) {
        source.on(signal, () => {
          if (stopping) return source.exit(1)
          return void stop(signal).then((code) => source.exit(code))
        })
      }
    },
  }
}

async function stopInOrder(options: {
  steps: { name: string; stop: () => unknown }[]
  logger: Logger
  deadlineMs: number
}): Promise<number> {
  const { steps, logger, deadlineMs } = options
  const deadline = timer(deadlineMs)
  let exitCode = 0
  for (let step = steps.pop(); step !== undefined; step = steps.pop()) {
    const outcome = await Promise.race([attempt(step.stop), deadline.promise])
    if (outcome === 'done') continue
    exitCode = 1
    if (outcome === 'late') {
      logger.error('not stopped in time', { step: step.name, deadlineMs })
      break
    }
    logger.error('failed to stop', { step: step.name, error: outcome })
  }
  deadline.clear()
  return exitCode
}

async function attempt(stop: () => unknown): Promise<'done' | Error> {
  try {
    await stop()
    return 'done'
  } catch (error) {
    return errorOf(error)
  }
}

function timer(ms: number): { promise: Promise<'late'>; clear(): void } {
  const { promise, resolve } = createDeferred<'late'>()
  const handle = setTimeout(() => resolve('late'), ms)
  return { promise, clear: () => clearTimeout(handle) }
}
