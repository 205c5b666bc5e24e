import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Principal, Scope } from '@clew/control'
import type { z } from 'zod'
import type { ApiDeps } from '../deps.ts'
import type { StreamContext } from '../live/stream-context.ts'

/** What a route is handed once its caller is known and its parameters are read. */
export interface RouteRequest<Params> {
  deps: ApiDeps
  /** The project of the caller, and what a stream needs to keep asking. */
  ctx: StreamContext
  principal: Principal
  /** Path and query parameters, parsed. */
  params: Params
  req: IncomingMessage
  res: ServerResponse
}

/** One path of the HTTP API; the reference in OpenAPI is made from the same fields. */
export interface Route {
  method: 'GET' | 'POST'
  /** With `{name}` for each path parameter. */
  path: string
  summary: string
  /** One of these is needed. */
  scopes: readonly Scope[]
  /** Path and query parameters by name. */
  params: z.ZodObject
  body?: z.ZodType
  /** What the reply holds, in a few words. */
  returns: string
  isStream: boolean
  /** Gives the JSON to answer with, or undefined when it has written the response itself. */
  handle(request: RouteRequest<unknown>): Promise<unknown>
}

/** Ties the type of the parsed parameters to the handler. */
export function defineRoute<Params extends z.ZodObject>(
  route: Omit<Route, 'params' | 'handle' | 'isStream'> & {
    params: Params
    isStream?: boolean
    handle(request: RouteRequest<z.output<Params>>): Promise<unknown>
  },
): Route {
  const { params, isStream = false, ...rest } = route
  return {
    ...rest,
    params,
    isStream,
    handle: async (request) => route.handle({ ...request, params: params.parse(request.params) }),
  }
}
