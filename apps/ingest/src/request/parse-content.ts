import type { IncomingHttpHeaders } from 'node:http'
import { createZstdInflater } from './zstd.ts'
import { fail, ok, type Result } from '@clew/domain'
import type { RequestFailure } from './request-failure.ts'

export type BodyFormat = 'protobuf' | 'json'
export type Compression = 'none' | 'gzip' | 'deflate' | 'zstd'

const formats = new Map<string, BodyFormat>([
  ['application/x-protobuf', 'protobuf'],
  ['application/protobuf', 'protobuf'],
  ['application/json', 'json'],
])

/** The format that answers use too, also those that refuse; JSON when the caller's is unknown. */
export function replyFormatOf(headers: IncomingHttpHeaders): BodyFormat {
  return formats.get(mediaTypeOf(headers)) ?? 'json'
}

/** How the body is to be read, from the content type and encoding. */
export function parseContent(
  headers: IncomingHttpHeaders,
): Result<{ format: BodyFormat; compression: Compression }, RequestFailure> {
  const mediaType = mediaTypeOf(headers)
  const format = formats.get(mediaType)
  if (format === undefined) {
    const sent = mediaType === '' ? 'none was sent' : `not ${mediaType.slice(0, 100)}`
    return fail({
      code: 'unsupported-media',
      message: `The content type must be application/x-protobuf or application/json, ${sent}`,
    })
  }
  const encoding = (headers['content-encoding'] ?? '').trim().toLowerCase()
  const compression = toCompression(encoding)
  if (compression === undefined) {
    const known = ['gzip', 'deflate', ...(createZstdInflater === undefined ? [] : ['zstd'])].join(', ')
    return fail({
      code: 'unsupported-encoding',
      message: `The content encoding ${encoding.slice(0, 100)} is not supported here; ${known} and none are`,
    })
  }
  return ok({ format, compression })
}

function toCompression(encoding: string): Compression | undefined {
  switch (encoding) {
    case '':
    case 'identity':
      return 'none'
    case 'gzip':
    case 'x-gzip':
      return 'gzip'
    case 'deflate':
      return 'deflate'
    case 'zstd':
      return createZstdInflater === undefined ? undefined : 'zstd'
    default:
      return undefined
  }
}

function mediaTypeOf(headers: IncomingHttpHeaders): string {
  return (headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? ''
}
