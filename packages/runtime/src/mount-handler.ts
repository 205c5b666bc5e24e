import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { errorOf } from './error-of.ts'
import type { Logger } from './logger.ts'
import { isMountedAt, pathOf, type Mount } from './mount.ts'
import { respondJson } from './respond.ts'

/** Asks the mounts in order; the first that takes the request answers, and no exception leaves this edge. */
export function createMountHandler(options: { mounts: readonly Mount[]; logger: Logger }): RequestListener {
  const { mounts, logger } = options
  return (req, res) => {
    void answer({ mounts, req, res }).catch((thrown: unknown) => {
      logger.error('request failed', { method: req.method, path: pathOf(req), error: errorOf(thrown) })
      const error = { code: 'internal', message: 'Something went wrong on our side' }
      respondJson(res, { status: 500, body: { error } })
    })
  }
}

async function answer(options: { mounts: readonly Mount[]; req: IncomingMessage; res: ServerResponse }) {
  const { mounts, req, res } = options
  const path = pathOf(req)
  for (const mount of mounts) {
    if (isMountedAt(mount, path) && (await mount.handle(req, res))) return
  }
  const error = { code: 'not-found', message: `Nothing answers ${req.method ?? 'GET'} ${path.slice(0, 200)}` }
  respondJson(res, { status: 404, body: { error } })
}
