import type { IncomingMessage } from 'node:http'
import { ApiError } from '../api-error.ts'
import type { ApiConfig } from '../deps.ts'

/**
 * A browser sends its cookie with requests that other sites cause. A change that rests on a cookie must come from
 * our own pages, and as JSON, which a foreign form can't send.
 */
export function checkOrigin({ req, config }: { req: IncomingMessage; config: ApiConfig }): void {
  const { headers, method } = req
  if (method === 'GET' || method === 'HEAD' || hasOwnCredentials(headers)) return
  if (!(headers['content-type'] ?? '').toLowerCase().startsWith('application/json')) {
    throw new ApiError({ code: 'unsupported-media-type', message: 'Send application/json' })
  }
  const { origin } = headers
  const site = headers['sec-fetch-site']
  const isOwn =
    origin === undefined ? site === undefined || site === 'same-origin' || site === 'none' : isKnown(origin)
  if (!isOwn) throw new ApiError({ code: 'cross-origin', message: 'This change must come from Clew itself' })

  function isKnown(from: string): boolean {
    if ([config.publicUrl, ...config.trustedOrigins].some((known) => toOrigin(known) === from)) return true
    return headers.host !== undefined && URL.canParse(from) && new URL(from).host === headers.host
  }
}

function hasOwnCredentials(headers: IncomingMessage['headers']): boolean {
  return headers.authorization !== undefined || headers['x-api-key'] !== undefined
}

function toOrigin(url: string): string | undefined {
  return URL.canParse(url) ? new URL(url).origin : undefined
}
