'use client'

import { createClewClient } from '@clew/client'
import type { AppRouter } from '@clew/client'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { TRPCClientError } from '@trpc/client'
import { createTRPCContext } from '@trpc/tanstack-react-query'
import { useState } from 'react'
import type { ReactNode } from 'react'

const context = createTRPCContext<AppRouter>()

/** `trpc.runs.list.queryOptions(...)` and the like, for react-query. */
export const useTrpc = context.useTRPC
/** For types: `inferOutput<Trpc['runs']['get']>` of @trpc/tanstack-react-query. */
export type Trpc = ReturnType<typeof useTrpc>
/** The bare client, for calls outside of react-query. */
export const useTrpcClient = context.useTRPCClient

/** The typed client and its cache. The session cookie authenticates, so there is no token here. */
export function ApiProvider({ children }: { children: ReactNode }) {
  const [queryClient] = useState(createQueryClient)
  const [client] = useState(() =>
    createClewClient({ baseUrl: typeof window === 'undefined' ? '' : window.location.origin }),
  )
  return (
    <QueryClientProvider client={queryClient}>
      <context.TRPCProvider trpcClient={client} queryClient={queryClient}>
        {children}
      </context.TRPCProvider>
    </QueryClientProvider>
  )
}

/** True when the caller is not signed in, or no longer. */
export function isUnauthorised(error: unknown): boolean {
  return statusOf(error) === 401
}

/** True when there is no such thing, or none that the caller may see. */
export function isNotFound(error: unknown): boolean {
  return statusOf(error) === 404
}

/** What went wrong in words for a person. */
export function toErrorMessage(error: unknown): string {
  if (error instanceof TRPCClientError) {
    return statusOf(error) === undefined
      ? 'The server did not answer.'
      : `${error.message.replace(/\.$/, '')}.`
  }
  return error instanceof Error ? error.message : 'Something went wrong.'
}

function statusOf(error: unknown): number | undefined {
  if (!(error instanceof TRPCClientError)) return undefined
  const data: unknown = error.data
  if (typeof data !== 'object' || data === null || !('httpStatus' in data)) return undefined
  return typeof data.httpStatus === 'number' ? data.httpStatus : undefined
}

function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        refetchOnWindowFocus: false,
        retry: (failures, error) => {
          const status = statusOf(error)
          return failures < 2 && (status === undefined || status >= 500)
        },
      },
    },
  })
}
