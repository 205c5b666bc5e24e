import { createHash } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'

/** Tells callers apart by what they show, without keeping it. */
export function credentialOf(headers: IncomingHttpHeaders): string {
  const shown = [headers.authorization, headers['x-api-key'], headers.cookie].map((one) => String(one ?? ''))
  return createHash('sha256').update(shown.join('\n')).digest('base64')
}
