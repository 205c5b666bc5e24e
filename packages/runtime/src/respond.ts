import type { ServerResponse } from 'node:http'

/** Answers with JSON; the body of every error of ours is `{ error: { code, message } }`. */
export function respondJson(
  res: ServerResponse,
  reply: { status: number; body: unknown; headers?: Record<string, string> },
): void {
  if (res.headersSent || res.destroyed) {
    res.destroy()
    return
  }
  const text = JSON.stringify(reply.body)
  res.writeHead(reply.status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...reply.headers,
  })
  res.end(text)
}
