import zlib from 'node:zlib'
import { fail, ok, type Result } from '@clew/domain'
import { createDeferred } from '@clew/runtime'
import type { Compression } from './parse-content.ts'
import type { RequestFailure } from './request-failure.ts'
import { zstdDecompress } from './zstd.ts'

type Inflate = NonNullable<typeof zstdDecompress>

/** Inflates off the main thread, and stops as soon as the output passes the limit: a bomb never unfolds. */
export async function inflate(args: {
  body: Buffer
  compression: Compression
  bytesMax: number
}): Promise<Result<Buffer, RequestFailure>> {
  const { body, compression, bytesMax } = args
  if (compression === 'none') return ok(body)
  const run = inflaterFor(compression, body)
  const { promise, resolve } = createDeferred<Result<Buffer, RequestFailure>>()
  run(body, { maxOutputLength: bytesMax }, (error, inflated) => {
    resolve(error === null ? ok(inflated) : fail(toFailure({ error, compression, bytesMax })))
  })
  return promise
}

function inflaterFor(compression: Exclude<Compression, 'none'>, body: Buffer): Inflate {
  switch (compression) {
    case 'gzip':
      return zlib.gunzip
    case 'deflate':
      return hasZlibHeader(body) ? zlib.inflate : zlib.inflateRaw
    case 'zstd':
      return zstdDecompress ?? zlib.gunzip
    default:
      return compression satisfies never
  }
}

/** HTTP's "deflate" is zlib, but some clients send the bare stream. */
function hasZlibHeader(body: Buffer): boolean {
  return body.length >= 2 && ((body[0] ?? 0) & 0x0f) === 8 && body.readUInt16BE(0) % 31 === 0
}

function toFailure(args: {
  error: Error & { code?: string }
  compression: Compression
  bytesMax: number
}): RequestFailure {
  const { error, compression, bytesMax } = args
  if (error.code === 'ERR_BUFFER_TOO_LARGE') {
    return { code: 'too-large', message: `The body inflates to more than the ${bytesMax} bytes allowed` }
  }
  return { code: 'broken-body', message: `The body is not valid ${compression}: ${error.message}` }
}
