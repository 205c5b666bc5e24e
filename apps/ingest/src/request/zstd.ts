import zlib from 'node:zlib'

type Inflate = (
  body: Buffer,
  options: { maxOutputLength: number },
  done: (error: Error | null, inflated: Buffer) => void,
) => void

/** Node's zstd, which 20 and early 22 don't have. */
export const zstdDecompress: Inflate | undefined = readZstd(zlib)

function readZstd(module: object): Inflate | undefined {
  const candidate: unknown = Reflect.get(module, 'zstdDecompress')
  return isInflate(candidate) ? candidate : undefined
}

function isInflate(candidate: unknown): candidate is Inflate {
  return typeof candidate === 'function'
}
