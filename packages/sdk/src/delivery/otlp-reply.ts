/** What came of one request, or of all attempts at one batch. `status` 0 means that no answer came. */
export interface OtlpReply {
  status: number
  body: string
  retryAfterMs?: number
  cause?: string
}

/** Of a longer reply only this much is read. */
export const largestReply = 65_536

/** Seconds or an HTTP date, as RFC 9110 allows; at most five minutes. */
export function parseRetryAfter(value: string | undefined): number | undefined {
  if (value === undefined) return undefined
  const seconds = Number(value)
  const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(value) - Date.now()
  return Number.isFinite(ms) ? Math.min(Math.max(ms, 0), 300_000) : undefined
}

/** Why nothing answered, in words. */
export function describeNetworkError(error: NodeJS.ErrnoException): string {
  if (error.code === 'ECONNREFUSED') return 'the connection was refused'
  if (error.code === 'ENOTFOUND') return 'the host name is unknown'
  return error.message === '' ? (error.code ?? 'the connection failed') : error.message
}
