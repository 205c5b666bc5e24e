import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fail, ok, type Result } from '@clew/domain'
import { createDeferred } from './deferred.ts'

export interface RunningServer {
  readonly server: Server
  /** The port in use, also where 0 was asked for. */
  readonly port: number
  /** What a person on this machine would open; a wildcard host reads as localhost. */
  readonly url: string
  /** Stops accepting, lets requests finish for `graceMs`, then closes what is left. */
  close(graceMs: number): Promise<void>
}

export interface ServeFailure {
  code: 'address-in-use' | 'listen-failed'
  message: string
}

export interface ServeOptions {
  host: string
  port: number
  handler: RequestListener
  /** The variable that would change the port, named in the message when it is taken. */
  portVariable?: string
}

/** Slow on purpose or by nature: headers within 15 seconds, a whole request within two minutes, looked at every 5. */
const arrivalLimits = {
  headersTimeout: 15_000,
  requestTimeout: 120_000,
  connectionsCheckingInterval: 5000,
}

/** Listens with node:http; a taken port is an answer in words, not an exception. */
export function serve(options: ServeOptions): Promise<Result<RunningServer, ServeFailure>> {
  const { host, port, handler } = options
  // Agents send spans from pools that idle for seconds; a keep-alive shorter than theirs costs them resets.
  const server = createServer({ keepAliveTimeout: 65_000, ...arrivalLimits }, handler)
  const { promise, resolve } = createDeferred<Result<RunningServer, ServeFailure>>()
  server.once('error', (error: NodeJS.ErrnoException) => resolve(fail(toFailure({ error, ...options }))))
  server.listen({ host, port }, () => resolve(ok(toRunning({ server, host }))))
  return promise
}

function toRunning({ server, host }: { server: Server; host: string }): RunningServer {
  const { port } = addressOf(server)
  return {
    server,
    port,
    url: `http://${toBrowsableHost(host)}:${port}`,
    close: (graceMs) => closeServer({ server, graceMs }),
  }
}

function closeServer({ server, graceMs }: { server: Server; graceMs: number }): Promise<void> {
  const { promise, resolve } = createDeferred<void>()
  const force = setTimeout(() => server.closeAllConnections(), graceMs)
  server.close(() => {
    clearTimeout(force)
    resolve()
  })
  server.closeIdleConnections()
  return promise
}

function toFailure(options: {
  error: NodeJS.ErrnoException
  host: string
  port: number
  portVariable?: string
}): ServeFailure {
  const { error, host, port, portVariable } = options
  const advice = portVariable === undefined ? '' : `; choose another with ${portVariable}`
  switch (error.code) {
    case 'EADDRINUSE':
      return { code: 'address-in-use', message: `Port ${port} on ${host} is already in use${advice}` }
    case 'EACCES':
      return {
        code: 'listen-failed',
        message: `Port ${port} needs more rights than this process has${advice}`,
      }
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return { code: 'listen-failed', message: `${host} is not an address of this machine (CLEW_HOST)` }
    case undefined:
    default:
      return {
        code: 'listen-failed',
        message: `Could not listen on ${host}:${port} (${error.code ?? error.message})`,
      }
  }
}

function toBrowsableHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost'
  return host.includes(':') ? `[${host}]` : host
}

function addressOf(server: Server): AddressInfo {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no TCP address')
  return address
}
