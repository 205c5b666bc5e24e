import { deliverNow } from '../delivery/deliver-now.ts'
import type { SdkState } from './sdk-state.ts'

const flushMs = 5000
const exitMs = 1500
const signals = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const

/**
 * Sends what is left when the process ends: asynchronously when it runs out of work, synchronously on
 * `process.exit`, a fatal error or a signal. The process ends as it would have, with the same code or signal.
 * Returns what takes the hooks out again.
 */
export function installExitHooks(state: SdkState): () => void {
  let isFlushing = false
  let hasGivenUp = false
  const endPending = (): void => {
    for (const end of state.pending) state.reporter.guard(end)
    state.pending.clear()
  }
  const onBeforeExit = (): void => {
    const { pipeline } = state
    endPending()
    if (pipeline === undefined || isFlushing || hasGivenUp || !pipeline.hasUnsent) return
    isFlushing = true
    void pipeline.flush(flushMs, 1).then(() => {
      isFlushing = false
      hasGivenUp = pipeline.hasUnsent
    })
  }
  const onExit = (): void => {
    const { pipeline, reporter } = state
    if (pipeline === undefined || hasGivenUp) return
    hasGivenUp = true
    reporter.guard(() => {
      endPending()
      const requests = pipeline.takeExitRequests()
      const accepted = deliverNow({ requests, timeoutMs: exitMs })
      if (accepted < requests.length) {
        reporter.report({
          code: 'unreachable',
          message: `the process ended before ${state.endpoint ?? ''} took the last spans`,
        })
      }
    })
  }
  const onSignal = (signal: NodeJS.Signals): void => {
    const isOnlyOurs = process.listenerCount(signal) === 1
    if (!isOnlyOurs) {
      // Somebody else decides what the signal means; exit hooks follow if they exit.
      void state.pipeline?.flush(exitMs)
      return
    }
    onExit()
    process.removeListener(signal, onSignal)
    process.kill(process.pid, signal)
  }
  process.on('beforeExit', onBeforeExit)
  process.on('exit', onExit)
  for (const signal of signals) process.on(signal, onSignal)
  return () => {
    process.removeListener('beforeExit', onBeforeExit)
    process.removeListener('exit', onExit)
    for (const signal of signals) process.removeListener(signal, onSignal)
  }
}
