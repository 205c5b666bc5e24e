import type { Control } from '../control.ts'
import { clientAddressHeader } from './create-auth.ts'

/**
 * Answers `/api/auth/*`. `clientAddress` is the socket's, or what a trusted proxy says: attempts to sign in are
 * counted by it.
 */
export async function handleAuthRequest(
  control: Control,
  request: Request,
  options: { clientAddress?: string } = {},
): Promise<Response> {
  const headers = new Headers(request.headers)
  headers.delete(clientAddressHeader)
  if (options.clientAddress !== undefined) headers.set(clientAddressHeader, options.clientAddress)
  const reply = await control.auth.handle(new Request(request, { headers }))
  const retryAfter = reply.headers.get('x-retry-after')
  if (reply.status !== 429 || retryAfter === null) return reply
  const withRetry = new Headers(reply.headers)
  withRetry.set('retry-after', retryAfter)
  return new Response(reply.body, { status: reply.status, headers: withRetry })
}
