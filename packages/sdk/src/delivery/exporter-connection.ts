import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { Agent as HttpAgent, IncomingMessage } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import { Socket } from 'node:net'

import { describeNetworkError, largestReply, parseRetryAfter } from './otlp-reply.ts'
import type { OtlpReply } from './otlp-reply.ts'

const connectMs = 10_000
const replyChannel = 'http.client.response.finish'

/** The connections of an exporter, and what came over them. */
export interface ExporterConnection {
  agent: HttpAgent
  forgetReply(): void
  /** The last answer since `forgetReply`; absent when none came. */
  lastReply(): OtlpReply | undefined
  close(): void
}

/**
 * An agent whose sockets don't keep the process alive. A connection that fails is told in a way that the
 * exporter doesn't retry: it would wait on a timer that holds the process up, whereas our queue waits without.
 */
export function createExporterConnection(args: { isSecure: boolean }): ExporterConnection {
  const options = { keepAlive: true, maxSockets: 4 }
  const agent = args.isSecure ? new HttpsAgent(options) : new HttpAgent(options)
  const open = agent.createConnection.bind(agent)
  const reuse = agent.reuseSocket.bind(agent)
  const sockets = new Set<Socket>()
  let isClosed = false
  agent.createConnection = (target, callback) => {
    const socket = open(target)
    if (!(socket instanceof Socket)) return socket
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    if (isClosed) socket.destroy()
    whenConnected(socket, (error) => callback?.(error, socket))
    return undefined
  }
  agent.reuseSocket = (socket, request) => {
    reuse(socket, request)
    if (socket instanceof Socket) socket.unref()
  }
  const replies = watchReplies((response) => sockets.has(response.socket))
  return {
    agent,
    forgetReply: replies.forget,
    lastReply: replies.last,
    close: () => {
      isClosed = true
      replies.stop()
      for (const socket of sockets) socket.destroy(new NoConnection('tracing was shut down'))
      agent.destroy()
    },
  }
}

/** Has no code, and so isn't among the errors that the exporter retries. */
class NoConnection extends Error {}

function whenConnected(socket: Socket, done: (error: Error | null) => void): void {
  socket.unref()
  const onTimeout = (): void => {
    socket.destroy(new NoConnection(`no connection within ${connectMs} ms`))
  }
  const onFailure = (error: Error): void => done(new NoConnection(describeNetworkError(error)))
  const onClose = (): void => onFailure(new NoConnection('the connection was closed'))
  socket.setTimeout(connectMs, onTimeout)
  socket.once('error', onFailure)
  socket.once('close', onClose)
  socket.once('connect', () => {
    socket.setTimeout(0, onTimeout)
    socket.off('error', onFailure)
    socket.off('close', onClose)
    // An idle socket has nobody else to hear that it failed.
    socket.on('error', () => undefined)
    done(null)
  })
}

/** Reads along what our receiver answers; the exporter keeps most of it to itself. */
function watchReplies(isOurs: (response: IncomingMessage) => boolean): {
  last: () => OtlpReply | undefined
  forget: () => void
  stop: () => void
} {
  let last: OtlpReply | undefined
  const onResponse = (message: unknown): void => {
    const response: unknown =
      typeof message === 'object' && message !== null ? Reflect.get(message, 'response') : undefined
    if (!(response instanceof IncomingMessage) || !isOurs(response)) return
    const retryAfterMs = parseRetryAfter(response.headers['retry-after'])
    const reply: OtlpReply = { status: response.statusCode ?? 0, body: '' }
    if (retryAfterMs !== undefined) reply.retryAfterMs = retryAfterMs
    last = reply
    response.on('data', (part: Buffer) => {
      if (reply.body.length < largestReply) reply.body += part.toString('utf8')
    })
  }
  subscribe(replyChannel, onResponse)
  return {
    last: () => last,
    forget: () => {
      last = undefined
    },
    stop: () => unsubscribe(replyChannel, onResponse),
  }
}
