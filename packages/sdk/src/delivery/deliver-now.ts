import { Worker } from 'node:worker_threads'

export interface ExitRequest {
  url: string
  headers: { [name: string]: string }
  body: Uint8Array
}

// Plain CommonJS text, since it runs where no event loop of ours is left.
const program = `
const { workerData } = require('node:worker_threads')
const flag = new Int32Array(workerData.flag)
let left = workerData.requests.length
const done = (delivered) => {
  if (delivered) Atomics.add(flag, 1, 1)
  left -= 1
  if (left === 0) { Atomics.store(flag, 0, 1); Atomics.notify(flag, 0) }
}
for (const { url, headers, body } of workerData.requests) {
  const { request } = require(url.startsWith('https:') ? 'node:https' : 'node:http')
  const call = request(url, { method: 'POST', headers: { ...headers, 'content-length': body.byteLength } }, (reply) => {
    reply.resume()
    reply.on('end', () => done(reply.statusCode >= 200 && reply.statusCode < 300))
    reply.on('error', () => done(false))
  })
  call.on('error', () => done(false))
  call.end(body)
}
`

/**
 * Delivers while the process is ending and its event loop has stopped: a worker thread sends, this thread
 * waits for it. Returns how many requests were accepted.
 */
export function deliverNow(args: { requests: ExitRequest[]; timeoutMs: number }): number {
  if (args.requests.length === 0) return 0
  const flag = new SharedArrayBuffer(8)
  const view = new Int32Array(flag)
  const worker = new Worker(program, {
    eval: true,
    execArgv: [],
    env: {},
    workerData: { flag, requests: args.requests },
  })
  worker.unref()
  Atomics.wait(view, 0, 0, args.timeoutMs)
  return Atomics.load(view, 1)
}
