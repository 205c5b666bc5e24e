import { toApiError } from '../to-api-error.ts'
import { pause } from './pause.ts'

const retryMs = 1000

/** Reads, again and again while the store is away; undefined when the signal aborted meanwhile. */
export async function unlessAway<Value>(options: {
  read: () => Promise<Value>
  signal: AbortSignal
}): Promise<Value | undefined> {
  const { read, signal } = options
  while (!signal.aborted) {
    try {
      return await read()
    } catch (thrown) {
      const code = toApiError(thrown)?.code
      if (code !== 'unavailable' && code !== 'timeout') throw thrown
      await pause({ ms: retryMs, signal })
    }
  }
  return undefined
}
