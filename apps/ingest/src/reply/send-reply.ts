import type { IncomingMessage, ServerResponse } from 'node:http'
import type { BodyFormat } from '../request/parse-content.ts'

export interface Reply {
  status: number
  format: BodyFormat
  payload: Uint8Array
  retryAfterSeconds?: number
  headers?: Record<string, string>
}

/** Enough for a body that is well beyond what is allowed: a proxy that is cut off while it sends answers 500 itself. */
const lingerMs = 3000
const lingerBytesMax = 64 * 1024 * 1024

/** Answers, also while the body is still on its way; then reads on for a moment, or the answer could be lost. */
export function sendReply(args: { req: IncomingMessage; res: ServerResponse; reply: Reply }): void {
  const { req, res, reply } = args
  if (res.headersSent || res.destroyed) return
  const isBodyLeft = !req.complete
  res.writeHead(reply.status, {
    'content-type': reply.format === 'json' ? 'application/json' : 'application/x-protobuf',
    'content-length': reply.payload.byteLength,
    'x-content-type-options': 'nosniff',
    ...(reply.retryAfterSeconds === undefined ? {} : { 'retry-after': String(reply.retryAfterSeconds) }),
    ...(isBodyLeft ? { connection: 'close' } : {}),
    ...reply.headers,
  })
  if (!isBodyLeft) {
    res.end(reply.payload)
    return
  }
  res.write(reply.payload)
  linger(req, () => res.end())
}

/** Closing with unread data resets the connection, and the client may never see what was said. */
function linger(req: IncomingMessage, done: () => void): void {
  let left = lingerBytesMax
  let isDone = false
  const finish = (): void => {
    if (isDone) return
    isDone = true
    clearTimeout(timer)
    done()
  }
  const timer = setTimeout(finish, lingerMs)
  req.on('data', (chunk: Buffer) => {
    left -= chunk.length
    if (left <= 0) finish()
  })
  req.once('end', finish).once('close', finish).once('error', finish)
}
