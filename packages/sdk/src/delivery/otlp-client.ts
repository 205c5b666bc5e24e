import { request as httpRequest, Agent as HttpAgent } from 'node:http'
import type { RequestOptions } from 'node:http'
import { request as httpsRequest, Agent as HttpsAgent } from 'node:https'

import { context, ROOT_CONTEXT } from '@opentelemetry/api'
import { suppressTracing } from '@opentelemetry/core'

import type { OtlpRequest } from './batch-encoder.ts'
import { describeNetworkError, largestReply, parseRetryAfter } from './otlp-reply.ts'
import type { OtlpReply } from './otlp-reply.ts'

export interface OtlpClient {
  post(request: OtlpRequest): Promise<OtlpReply>
  close(): void
}

const timeoutMs = 10_000

/**
 * Posts to one endpoint over kept-alive connections. It uses Node's http so that an application's patched
 * `fetch` is out of the way, and its sockets never keep the process alive.
 */
export function createOtlpClient(args: { endpoint: string }): OtlpClient {
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
              () => request.destroy(new Error(`no answer within ${timeoutMs} ms`)),
              timeoutMs,
            )
            timer.unref()
            request.on('close', () => clearTimeout(timer))
            request.end(body)
          }),
      ),
    close: () => agent.destroy(),
  }
}
