import type { Transform } from 'node:stream'
import zlib from 'node:zlib'
import { fail, ok, type Result } from '@clew/domain'
import { createDeferred } from '@clew/runtime'
import type { Compression } from './parse-content.ts'
import { overloaded, type RequestFailure } from './request-failure.ts'
import { createZstdInflater } from './zstd.ts'

export interface InflateLimits {
  bytesMax: number
  /** How many times its size a body may unfold to, once it has passed a megabyte. */
  ratioMax: number
  /** Asked before each piece is kept, with all that is then held; false ends it. */
  mayHold: (bytes: number) => boolean
}

/** The output comes in pieces of this size at most; where it is smaller, in one. */
const chunkSizeMax = 1024 * 1024
/** So that an output which is as long as declared ends within its piece. */
const spare = 64
const unjudgedBytes = 1024 * 1024
/** Without a declared size: what telemetry usually unfolds to. */
const usualRatio = 6

/** What a body will take when it is inflated, by its own account; an honest sender's is exact. */
export function expectedSize(args: { body: Buffer; compression: Compression; bytesMax: number }): number {
  const { body, compression, bytesMax } = args
  if (compression === 'none') return body.length
  const isDeclared = compression === 'gzip' && body.length >= 18
  const size = isDeclared ? body.readUInt32LE(body.length - 4) : body.length * usualRatio
  return Math.min(Math.max(size, body.length), bytesMax)
}

/** Inflates off the main thread, and stops as soon as the output passes a limit: a bomb never unfolds. */
export async function inflate(
  args: { body: Buffer; compression: Compression } & InflateLimits,
): Promise<Result<Buffer, RequestFailure>> {
  const { body, compression } = args
  if (compression === 'none') return ok(body)
  const { promise, resolve } = createDeferred<Result<Buffer, RequestFailure>>()
  const chunkSize = Math.min(
    expectedSize({ body, compression, bytesMax: args.bytesMax }) + spare,
    chunkSizeMax,
  )
  const inflater = createInflater({ compression, body, chunkSize })
  const chunks: Buffer[] = []
  let size = 0
  inflater.on('data', (chunk: Buffer) => {
    size += chunk.length
    const failure = judge(size, args)
    if (failure === undefined) return void chunks.push(chunk)
    resolve(fail(failure))
    inflater.destroy()
  })
  inflater.once('error', (error) => {
    resolve(fail({ code: 'broken-body', message: `The body is not valid ${compression}: ${error.message}` }))
  })
  inflater.once('end', () => resolve(ok(join(chunks, size))))
  inflater.end(body)
  return promise
}

function judge(size: number, limits: { body: Buffer } & InflateLimits): RequestFailure | undefined {
  const { body, bytesMax, ratioMax, mayHold } = limits
  if (size > bytesMax) {
    return { code: 'too-large', message: `The body inflates to more than the ${bytesMax} bytes allowed` }
  }
  if (size > unjudgedBytes && size > ratioMax * body.length) {
    return { code: 'too-large', message: `The body inflates to more than ${ratioMax} times its size` }
  }
  return mayHold(size) ? undefined : overloaded
}

/** Most bodies come in one piece, which is not copied. */
function join(chunks: readonly Buffer[], size: number): Buffer {
  const [first] = chunks
  return first !== undefined && chunks.length === 1 ? first : Buffer.concat(chunks, size)
}

function createInflater(args: {
  compression: Exclude<Compression, 'none'>
  body: Buffer
  chunkSize: number
}): Transform {
  const { compression, body, chunkSize } = args
  switch (compression) {
    case 'gzip':
      return zlib.createGunzip({ chunkSize })
    case 'deflate':
      return hasZlibHeader(body) ? zlib.createInflate({ chunkSize }) : zlib.createInflateRaw({ chunkSize })
    case 'zstd':
      return createZstdInflater?.({ chunkSize }) ?? zlib.createGunzip({ chunkSize })
    default:
      return compression satisfies never
  }
}

/** HTTP's "deflate" is zlib, but some clients send the bare stream. */
function hasZlibHeader(body: Buffer): boolean {
  return body.length >= 2 && ((body[0] ?? 0) & 0x0f) === 8 && body.readUInt16BE(0) % 31 === 0
}
