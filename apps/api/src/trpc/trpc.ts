import { initTRPC, TRPCError } from '@trpc/server'
import superjson from 'superjson'
import type { ApiError } from '../api-error.ts'
import { toErrorStatus } from '../error-status.ts'
import { toApiError } from '../to-api-error.ts'
import type { ApiContext } from './context.ts'
import { formatError } from './format-error.ts'

const t = initTRPC.context<ApiContext>().create({
  transformer: superjson,
  isDev: false,
  errorFormatter: formatError,
  sse: {
    ping: { enabled: true, intervalMs: 5_000 },
    client: { reconnectAfterInactivityMs: 20_000 },
  },
})

export const router = t.router

/** Gives a failure thrown below the status of its code. */
const withStatus = t.middleware(async ({ next }) => {
  const result = await next()
  if (result.ok) return result
  const known = toApiError(result.error.cause)
  if (known === undefined) return result
  throw toTrpcError(known)
})

export const procedure = t.procedure.use(withStatus)

/** An `ApiError` as tRPC carries it, also from inside a subscription. */
export function toTrpcError(error: ApiError): TRPCError {
  return new TRPCError({ code: toErrorStatus(error.code).trpc, message: error.message, cause: error })
}
