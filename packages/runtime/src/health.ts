import { createDeferred } from './deferred.ts'
import type { Mount } from './mount.ts'
import { pathOf } from './mount.ts'
import { respondJson } from './respond.ts'

export interface Health extends Mount {
  /** Until this is called, `/readyz` answers 503. */
  markReady(): void
  markStopping(): void
}

/** Names what must answer for the process to be ready; a check that throws or takes over 2 s has failed. */
export type HealthChecks = Readonly<Record<string, () => Promise<boolean>>>

const checkMs = 2000

/** `/healthz`: the process is alive. `/readyz`: started, and every store answers. */
export function createHealth(options: { checks: () => HealthChecks }): Health {
  let state: 'starting' | 'ready' | 'stopping' = 'starting'
  return {
    prefix: ['/healthz', '/readyz'],
    start: async () => {},
    stop: async () => {},
    markReady: () => void (state = 'ready'),
    markStopping: () => void (state = 'stopping'),
    handle: async (req, res) => {
      if (pathOf(req) === '/healthz') {
        respondJson(res, { status: 200, body: { status: 'ok' } })
        return true
      }
      const checks = state === 'ready' ? await runChecks(options.checks()) : {}
      const isReady = state === 'ready' && Object.values(checks).every((result) => result === 'ok')
      const status = state === 'ready' && !isReady ? 'unavailable' : state
      respondJson(res, { status: isReady ? 200 : 503, body: { status, checks } })
      return true
    },
  }
}

async function runChecks(checks: HealthChecks): Promise<Record<string, 'ok' | 'failed'>> {
  const results = await Promise.all(
    Object.entries(checks).map(
      async ([name, check]) => [name, (await passes(check)) ? 'ok' : 'failed'] as const,
    ),
  )
  return Object.fromEntries(results)
}

async function passes(check: () => Promise<boolean>): Promise<boolean> {
  const { promise: late, resolve } = createDeferred<boolean>()
  const timer = setTimeout(() => resolve(false), checkMs)
  try {
    return await Promise.race([check(), late])
  } catch {
    return false
  } finally {
    clearTimeout(timer)
  }
}
