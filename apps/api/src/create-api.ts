import type { IncomingMessage, ServerResponse } from 'node:http'
import { isMountedAt, pathOf, type Mount } from '@clew/runtime'
import type { ApiDeps } from './deps.ts'
import { createAuthFace } from './http/auth-face.ts'
import { createHttpFace } from './http/http-face.ts'
import { createTrpcFace } from './http/trpc-face.ts'
import { createHourlySweep } from './jobs/hourly-sweep.ts'
import { openLive } from './live/live.ts'

export type ApiOptions = Omit<ApiDeps, 'clock'> & { clock?: () => number }

type Face = (req: IncomingMessage, res: ServerResponse) => boolean | Promise<boolean>

/** The read API with its live streams, the verbs on control data, and sign-in. Starts nothing by itself. */
export function createApi(options: ApiOptions): Mount {
  const deps: ApiDeps = { ...options, clock: options.clock ?? Date.now }
  const live = openLive(deps)
  const sweep = createHourlySweep({ deps })
  const faces: [string, Face][] = [
    ['/trpc', createTrpcFace({ deps, live })],
    ['/api/auth', createAuthFace({ deps })],
    ['/v1', createHttpFace({ deps, live })],
  ]
  return {
    prefix: faces.map(([prefix]) => prefix),
    start: async () => sweep.start(),
    stop: async () => {
      live.stop()
      await sweep.stop()
    },
    handle: (req, res) => {
      const path = pathOf(req)
      const face = faces.find(([prefix]) => isMountedAt({ prefix: [prefix] }, path))
      return face === undefined ? false : face[1](req, res)
    },
  }
}
