import type { IncomingMessage, ServerResponse } from 'node:http'

/**
 * A part of the product that answers HTTP. The process that carries it calls `start` once before the first
 * request and `stop` once after the last; `handle` returns false when the request is not its own.
 */
export interface Mount {
  /** Path prefixes without a trailing slash; `/v1` matches `/v1` and `/v1/traces`, `/` matches everything. */
  readonly prefix: readonly string[]
  handle(req: IncomingMessage, res: ServerResponse): boolean | Promise<boolean>
  start(): Promise<void>
  stop(): Promise<void>
}

/** True when one of the mount's prefixes covers the path. */
export function isMountedAt({ prefix }: Pick<Mount, 'prefix'>, path: string): boolean {
  return prefix.some((known) => known === '/' || path === known || path.startsWith(`${known}/`))
}

/** The path of a request without its query; never throws on a malformed target. */
export function pathOf(req: Pick<IncomingMessage, 'url'>): string {
  const target = req.url ?? '/'
  const query = target.indexOf('?')
  return query === -1 ? target : target.slice(0, query)
}
