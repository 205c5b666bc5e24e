const socketCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
])
// Postgres: connection failures, too many connections, shutting down or starting up.
const serverCodes = /^(08...|53300|57P0[123])$/
const driverMessages =
  /connection terminated|timeout exceeded when trying to connect|connection timeout|not queryable|database is closed/i

/** True when the database could not be asked, as opposed to having refused a question. */
export function isUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  if (socketCodes.has(code) || serverCodes.test(code) || driverMessages.test(error.message)) return true
  const parts = error instanceof AggregateError ? error.errors : [error.cause]
  return parts.some((part) => part !== error && isUnavailable(part))
}
