import { promisify } from 'node:util'
import { gzip, gzipSync } from 'node:zlib'

const gzipAsync = promisify(gzip)
const smallestGzip = 512

export interface OtlpRequest {
  path: string
  headers: { [name: string]: string }
  body: Uint8Array
}

/** Turns batches into requests; `encodeNow` is for the moment of exit, when nothing asynchronous runs. */
export interface BatchEncoder<Value> {
  encode(values: Value[]): Promise<OtlpRequest>
  encodeNow(values: Value[]): OtlpRequest
}

/** Builds the encoder of one signal. */
export function createBatchEncoder<Value>(args: {
  path: '/v1/traces' | '/v1/logs'
  headers: { [name: string]: string }
  contentType: string
  compression: 'gzip' | 'none'
  serialise: (values: Value[]) => Uint8Array | undefined
}): BatchEncoder<Value> {
  const { path, contentType, compression } = args
  const headers = { ...args.headers, 'content-type': contentType }
  const zipped = { ...headers, 'content-encoding': 'gzip' }
  const serialise = (values: Value[]): Uint8Array => {
    const raw = args.serialise(values)
    if (raw === undefined) throw new Error('nothing to encode')
    return raw
  }
  const isWorthZipping = (raw: Uint8Array): boolean =>
    compression === 'gzip' && raw.byteLength >= smallestGzip
  return {
    encode: async (values) => {
      const raw = serialise(values)
      return isWorthZipping(raw)
        ? { path, headers: zipped, body: await gzipAsync(raw) }
        : { path, headers, body: raw }
    },
    encodeNow: (values) => {
      const raw = serialise(values)
      return isWorthZipping(raw)
        ? { path, headers: zipped, body: gzipSync(raw) }
        : { path, headers, body: raw }
    },
  }
}
