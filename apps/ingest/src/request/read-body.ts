import type { IncomingMessage } from 'node:http'
import { fail, ok, type Result } from '@clew/domain'
import { createDeferred } from '@clew/runtime'
import type { MemoryClaim } from '../write/memory-budget.ts'
import type { RequestFailure } from './request-failure.ts'

/** Reads a body within a size, a time and the memory that is left. */
export async function readBody(args: {
  req: IncomingMessage
  bytesMax: number
  timeoutMs: number
  claim: MemoryClaim
}): Promise<Result<Buffer, RequestFailure>> {
  const { req, bytesMax, timeoutMs, claim } = args
  const tooLarge: RequestFailure = {
    code: 'too-large',
    message: `The body is larger than the ${bytesMax} bytes allowed; send smaller batches`,
  }
  const announced = Number(req.headers['content-length'] ?? 0)
  if (announced > bytesMax) return fail(tooLarge)

  const { promise, resolve } = createDeferred<Result<Buffer, RequestFailure>>()
  const chunks: Buffer[] = []
  let size = 0
  const onData = (chunk: Buffer): void => {
    size += chunk.length
    if (size > bytesMax) return resolve(fail(tooLarge))
    if (!claim.grow(chunk.length)) return resolve(fail(overloaded))
    chunks.push(chunk)
  }
  const timer = setTimeout(() => resolve(fail(tooSlow(timeoutMs))), timeoutMs)
  const onEnd = (): void => resolve(ok(Buffer.concat(chunks, size)))
  const onClose = (): void => resolve(fail(gone))
  req.on('data', onData).once('end', onEnd).once('close', onClose).once('error', onClose)
  const body = await promise
  clearTimeout(timer)
  req.off('data', onData).off('end', onEnd).off('close', onClose).off('error', onClose)
  return body
}

/** Refused because too much is waiting already; the sender shall come back. */
export const overloaded: RequestFailure = {
  code: 'overloaded',
  message: 'Too much is waiting to be written; try again later',
  retryAfterSeconds: 2,
}

const gone: RequestFailure = { code: 'gone', message: 'The connection closed before the body was complete' }

function tooSlow(timeoutMs: number): RequestFailure {
  return { code: 'too-slow', message: `The body did not arrive within ${timeoutMs / 1000} seconds` }
}
