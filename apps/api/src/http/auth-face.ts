import type { IncomingMessage, ServerResponse } from 'node:http'
import { handleAuthRequest } from '@clew/control'
import type { ApiDeps } from '../deps.ts'
import { readBody } from './read-body.ts'
import { respondError } from './respond-error.ts'

const bytesMax = 100_000

/** `/api/auth/*`: sign-in, sign-out and sessions. */
export function createAuthFace({ deps }: { deps: ApiDeps }) {
  return async (req: IncomingMessage, res: ServerResponse): Promise<boolean> => {
    try {
      const request = await toRequest({ req, publicUrl: deps.config.publicUrl })
      const clientAddress = req.socket.remoteAddress
      const options = clientAddress === undefined ? {} : { clientAddress }
      await writeResponse({ res, response: await handleAuthRequest(deps.control, request, options) })
    } catch (thrown) {
      respondError({ res, thrown, logger: deps.logger })
    }
    return true
  }
}

async function toRequest({ req, publicUrl }: { req: IncomingMessage; publicUrl: string }): Promise<Request> {
  const headers = new Headers()
  for (const [name, value] of Object.entries(req.headers)) {
    for (const one of [value ?? []].flat()) headers.append(name, one)
  }
  const method = req.method ?? 'GET'
  const hasBody = method !== 'GET' && method !== 'HEAD'
  const body = hasBody ? new Uint8Array(await readBody({ req, bytesMax })) : null
  return new Request(new URL(req.url ?? '/', publicUrl), { method, headers, body })
}

async function writeResponse({ res, response }: { res: ServerResponse; response: Response }): Promise<void> {
  for (const [name, value] of response.headers) if (name !== 'set-cookie') res.setHeader(name, value)
  const cookies = response.headers.getSetCookie()
  if (cookies.length > 0) res.setHeader('set-cookie', cookies)
  res.writeHead(response.status).end(Buffer.from(await response.arrayBuffer()))
}
