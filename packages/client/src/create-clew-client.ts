import type { AppRouter } from '@clew/api'
import {
  createTRPCClient,
  httpBatchLink,
  httpSubscriptionLink,
  splitLink,
  type HTTPBatchLinkOptions,
  type TRPCClient,
  type TRPCLink,
} from '@trpc/client'
import { EventSource as FetchEventSource } from 'eventsource'
import superjson from 'superjson'

export interface ClewClientOptions {
  /** Where Clew answers, such as `http://127.0.0.1:4000`; empty for the page's own origin. */
  baseUrl: string
  /** An API key; without one the browser's session cookie is used. */
  token?: string
  /** Sent with every request, such as a caller's cookie in a server component. */
  headers?: () => Record<string, string> | Promise<Record<string, string>>
  fetch?: typeof globalThis.fetch
}

type FetchEsque = NonNullable<HTTPBatchLinkOptions<AppRouter['_def']['_config']['$types']>['fetch']>

export type ClewClient = TRPCClient<AppRouter>

/** A typed client of the whole API. Subscriptions reconnect and resume after the last event they saw. */
export function createClewClient(options: ClewClientOptions): ClewClient {
  return createTRPCClient<AppRouter>({ links: [createClewLink(options)] })
}

/** The same transport for adapters that build their own tRPC client. */
export function createClewLink(options: ClewClientOptions): TRPCLink<AppRouter> {
  const url = `${options.baseUrl.replace(/\/+$/, '')}/trpc`
  const request = options.fetch ?? globalThis.fetch
  const headersOf = async () => ({
    ...(options.token === undefined ? {} : { authorization: `Bearer ${options.token}` }),
    ...(await options.headers?.()),
  })
  return splitLink({
    condition: (operation) => operation.type === 'subscription',
    true: httpSubscriptionLink({
      url,
      transformer: superjson,
      EventSource: FetchEventSource,
      eventSourceOptions: {
        fetch: async (input, init) => {
          const headers = { ...init.headers, ...(await headersOf()) }
          const response = await request(input, { ...init, headers, credentials: 'include' })
          return retryable(response)
        },
      },
    }),
    false: httpBatchLink({
      url,
      transformer: superjson,
      headers: headersOf,
      maxURLLength: 8000,
      fetch: (input, init) => request(input, withCookies(init)),
    }),
  })
}

/** A server that restarts answers 503 for a moment; an EventSource retries a lost connection, not a status. */
function retryable(response: Response): Response {
  if (response.status === 429 || response.status >= 502) throw new TypeError('Clew is not available')
  return response
}

function withCookies(init: Parameters<FetchEsque>[1]): RequestInit {
  const { signal, ...rest } = init ?? {}
  return { ...rest, credentials: 'include', ...(signal === undefined ? {} : { signal }) }
}
