import { request as httpRequest, Agent as HttpAgent } from 'node:http'
import type { RequestOptions } from 'node:http'
import { request as httpsRequest, Agent as HttpsAgent } from 'node:https'

import { context, ROOT_CONTEXT } from '@opentelemetry/api'
import { suppressTracing } from '@opentelemetry/core'

/** What came of one request. `status` 0 means that no answer came. */
export interface OtlpReply {
  status: number
  body: string
  retryAfterMs?: number
  cause?: string
}

export interface OtlpClient {
  post(args: { path: string; body: Uint8Array; headers: { [name: string]: string } }): Promise<OtlpReply>
  close(): void
}

const largestReply = 65_536

/**
 * Posts to one endpoint over kept-alive connections. It uses Node's http so that an application's patched
 * `fetch` is out of the way, and its sockets never keep the process alive.
 */
export function createOtlpClient(args: { endpoint: string; timeoutMs: number }): OtlpClient {
  const isSecure = args.endpoint.startsWith('https:')
  const agent = isSecure
    ? new HttpsAgent({ keepAlive: true, maxSockets: 4 })
    : new HttpAgent({ keepAlive: true, maxSockets: 4 })
  const send = isSecure ? httpsRequest : httpRequest
  return {
    post: ({ path, body, headers }) =>
      context.with(
        suppressTracing(ROOT_CONTEXT),
        () =>
          new Promise<OtlpReply>((resolve) => {
            const options: RequestOptions = {
              method: 'POST',
              agent,
              headers: { ...headers, 'content-length': body.byteLength },
            }
            const request = send(`${args.endpoint}${path}`, options, (response) => {
              let text = ''
              response.setEncoding('utf8')
              response.on('data', (part: string) => {
                if (text.length < largestReply) text += part
              })
              response.on('error', (error) => resolve({ status: 0, body: '', cause: error.message }))
              response.on('end', () => {
                const retryAfterMs = parseRetryAfter(response.headers['retry-after'])
                resolve({
                  status: response.statusCode ?? 0,
                  body: text,
                  ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
                })
              })
            })
            request.on('socket', (socket) => socket.unref())
            request.on('error', (error) =>
              resolve({ status: 0, body: '', cause: describeNetworkError(error) }),
            )
            const timer = setTimeout(
              () => request.destroy(new Error(`no answer within ${args.timeoutMs} ms`)),
              args.timeoutMs,
            )
            timer.unref()
            request.on('close', () => clearTimeout(timer))
            request.end(body)
          }),
      ),
    close: () => agent.destroy(),
  }
}

/** Seconds or an HTTP date, as RFC 9110 allows; at most five minutes. */
export function parseRetryAfter(value: string | undefined): number | undefined {
  if (value === undefined) return undefined
  const seconds = Number(value)
  const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(value) - Date.now()
  return Number.isFinite(ms) ? Math.min(Math.max(ms, 0), 300_000) : undefined
}

function describeNetworkError(error: NodeJS.ErrnoException): string {
  if (error.code === 'ECONNREFUSED') return 'the connection was refused'
  if (error.code === 'ENOTFOUND') return 'the host name is unknown'
  return error.message === '' ? (error.code ?? 'the connection failed') : error.message
}
