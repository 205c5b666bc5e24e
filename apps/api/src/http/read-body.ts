import type { IncomingMessage } from 'node:http'
import { ApiError } from '../api-error.ts'

/** The body as bytes, at most `bytesMax` of them. */
export async function readBody({
  req,
  bytesMax,
}: {
  req: IncomingMessage
  bytesMax: number
}): Promise<Buffer> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of req) {
    const part = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk))
    bytes += part.length
    if (bytes > bytesMax) {
      throw new ApiError({ code: 'too-large', message: `The body may have at most ${bytesMax} bytes` })
    }
    chunks.push(part)
  }
  return Buffer.concat(chunks)
}

/** The body as JSON. */
export async function readJson(options: { req: IncomingMessage; bytesMax: number }): Promise<unknown> {
  if (!(options.req.headers['content-type'] ?? '').toLowerCase().startsWith('application/json')) {
    throw new ApiError({ code: 'unsupported-media-type', message: 'Send application/json' })
  }
  const body = await readBody(options)
  try {
    const parsed: unknown = JSON.parse(body.toString('utf8'))
    return parsed
  } catch {
    throw new ApiError({ code: 'invalid', message: 'The body is not valid JSON' })
  }
}
