import type { IncomingMessage } from 'node:http'
import { fail, ok, type Result } from '@clew/domain'
import { createDeferred } from '@clew/runtime'
import type { BudgetClaim } from '../admit/fair-budget.ts'
import { overloaded, type RequestFailure } from './request-failure.ts'

export interface BodyLimits {
  bytesMax: number
  /** From the headers to the last byte. */
  timeoutMs: number
  /** Before this the sender may be as slow as it likes. */
  graceMs: number
  /** Bytes a second on average, after the grace. */
  rateMin: number
}

/** Reads a body within a size, a time, a minimum rate and the memory that is left. */
export async function readBody(args: {
  req: IncomingMessage
  limits: BodyLimits
  claim: BudgetClaim
}): Promise<Result<Buffer, RequestFailure>> {
  const { req, limits, claim } = args
  const { bytesMax } = limits
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
  const stopWatch = watch({
    limits,
    sizeOf: () => size,
    onSlow: (message) => resolve(fail({ code: 'too-slow', message })),
  })
  const onEnd = (): void => resolve(ok(Buffer.concat(chunks, size)))
  const onClose = (): void => resolve(fail(gone))
  req.on('data', onData).once('end', onEnd).once('close', onClose).once('error', onClose)
  const body = await promise
  stopWatch()
  req.off('data', onData).off('end', onEnd).off('close', onClose).off('error', onClose)
  return body
}

const gone: RequestFailure = { code: 'gone', message: 'The connection closed before the body was complete' }

function watch(args: {
  limits: BodyLimits
  sizeOf: () => number
  onSlow: (message: string) => void
}): () => void {
  const { limits, sizeOf, onSlow } = args
  const { timeoutMs, graceMs, rateMin } = limits
  const startedMs = performance.now()
  let immediate: NodeJS.Immediate | undefined
  const judge = (): void => {
    const elapsedMs = performance.now() - startedMs
    if (elapsedMs >= timeoutMs) onSlow(`The body did not arrive within ${timeoutMs / 1000} seconds`)
    else if (elapsedMs > graceMs && sizeOf() < (rateMin * (elapsedMs - graceMs)) / 1000) {
      onSlow(`The body arrives at less than ${rateMin} bytes a second`)
    }
  }
  // A busy process finds timers due before it reads what has arrived meanwhile: that is judged first.
  const timer = setInterval(
    () => {
      immediate = setImmediate(judge)
    },
    Math.min(1000, graceMs, timeoutMs),
  )
  return () => {
    clearInterval(timer)
    clearImmediate(immediate)
  }
}
