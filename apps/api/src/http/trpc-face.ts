import type { IncomingMessage, ServerResponse } from 'node:http'
import { authenticate } from '@clew/control'
import { pathOf } from '@clew/runtime'
import { nodeHTTPRequestHandler } from '@trpc/server/adapters/node-http'
import { appRouter } from '../app-router.ts'
import type { ApiDeps } from '../deps.ts'
import { credentialOf } from '../live/credential-of.ts'
import type { Live } from '../live/live.ts'
import { toApiError } from '../to-api-error.ts'
import type { ApiContext } from '../trpc/context.ts'
import { toTrpcError } from '../trpc/trpc.ts'
import { checkOrigin } from './check-origin.ts'

const bytesMax = 1_000_000

/** `/trpc/*`: every procedure, over JSON and server-sent events. */
export function createTrpcFace({ deps, live }: { deps: ApiDeps; live: Live }) {
  return async (req: IncomingMessage, res: ServerResponse): Promise<boolean> => {
    if (req.headers.accept?.includes('text/event-stream')) live.streams.add(res)
    await nodeHTTPRequestHandler({
      router: appRouter,
      req,
      res,
      path: pathOf(req).slice('/trpc/'.length),
      maxBodySize: bytesMax,
      createContext: () => createContext({ deps, live, req, res }),
      onError: ({ error, path }) => {
        if (error.code !== 'INTERNAL_SERVER_ERROR') return
        deps.logger.error('procedure failed', { procedure: path, error: error.cause ?? error })
      },
    })
    return true
  }
}

async function createContext(options: {
  deps: ApiDeps
  live: Live
  req: IncomingMessage
  res: ServerResponse
}): Promise<ApiContext> {
  const { deps, live, req, res } = options
  try {
    checkOrigin({ req, config: deps.config })
  } catch (thrown) {
    const known = toApiError(thrown)
    throw known === undefined ? thrown : toTrpcError(known)
  }
  const reauthenticate = () => authenticate(deps.control, req.headers)
  return {
    ...deps,
    live,
    credential: credentialOf(req.headers),
    authentication: await reauthenticate(),
    reauthenticate,
    setCookies: (cookies) => void res.setHeader('set-cookie', [...cookies]),
  }
}
