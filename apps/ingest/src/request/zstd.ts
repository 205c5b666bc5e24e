import type { Transform } from 'node:stream'
import zlib from 'node:zlib'

type CreateInflater = (options: { chunkSize: number }) => Transform

/** Node's zstd, which 20 and early 22 don't have. */
export const createZstdInflater: CreateInflater | undefined = readZstd(zlib)

function readZstd(module: object): CreateInflater | undefined {
  const candidate: unknown = Reflect.get(module, 'createZstdDecompress')
  return isCreateInflater(candidate) ? candidate : undefined
}

function isCreateInflater(candidate: unknown): candidate is CreateInflater {
  return typeof candidate === 'function'
}
