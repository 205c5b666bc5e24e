import { createRequire } from 'node:module'
import type { Server } from 'node:http'
import type { Mount } from '@clew/runtime'
import type createNextType from 'next'

/** The web app in this process: built pages, or pages built as they change. */
export function createWebMount(options: {
  /** Folder of the web app. */
  dir: string
  isDev: boolean
  hostname: string
  port: number
  httpServer: Server
}): Mount {
  const { isDev, ...rest } = options
  const app = loadNext()({ ...rest, dev: isDev })
  const handler = app.getRequestHandler()
  return {
    prefix: ['/'],
    start: () => app.prepare(),
    stop: () => app.close(),
    handle: async (req, res) => {
      await handler(req, res)
      return true
    },
  }
}

type CreateNext = (typeof createNextType)['default']

/** Next is CommonJS whose types describe another default export than Node sees; `require` gives the function. */
function loadNext(): CreateNext {
  const createNext: CreateNext = createRequire(import.meta.url)('next')
  return createNext
}
