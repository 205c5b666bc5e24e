import zlib from 'node:zlib'
import { expect, test } from 'vitest'
import { expectedSize, inflate } from './inflate.ts'
import { parseContent } from './parse-content.ts'
import { createZstdInflater } from './zstd.ts'

const text = Buffer.from('a span '.repeat(1000))
const megabyte = 1024 * 1024
const limits = { bytesMax: megabyte, ratioMax: 1e6, mayHold: () => true }

test.each([
  ['gzip', zlib.gzipSync(text)],
  ['deflate', zlib.deflateSync(text)],
  ['deflate', zlib.deflateRawSync(text)],
  ['none', text],
] as const)('%s bodies come out as they went in', async (compression, body) => {
  expect(await inflate({ body, compression, ...limits })).toEqual({ ok: true, value: text })
})

test('a bomb of a hundred megabytes is stopped at the limit', async () => {
  const body = zlib.gzipSync(Buffer.alloc(100 * megabyte))
  const before = process.memoryUsage.rss()
  expect(await inflate({ body, compression: 'gzip', ...limits })).toMatchObject({
    ok: false,
    error: { code: 'too-large', message: 'The body inflates to more than the 1048576 bytes allowed' },
  })
  expect(process.memoryUsage.rss() - before).toBeLessThan(30 * megabyte)
})

test('a body that unfolds to more than so many times its size is a bomb; a small one may', async () => {
  const limitsOfTen = { ...limits, bytesMax: 64 * megabyte, ratioMax: 10 }
  const bomb = zlib.gzipSync(Buffer.alloc(3 * megabyte))
  expect(await inflate({ body: bomb, compression: 'gzip', ...limitsOfTen })).toMatchObject({
    ok: false,
    error: { code: 'too-large', message: 'The body inflates to more than 10 times its size' },
  })
  const small = zlib.gzipSync(Buffer.alloc(megabyte))
  expect(await inflate({ body: small, compression: 'gzip', ...limitsOfTen })).toMatchObject({ ok: true })
})

test('it ends with the memory that is left, and asks before each piece', async () => {
  const asked: number[] = []
  const mayHold = (bytes: number): boolean => asked.push(bytes) < 3
  const body = zlib.gzipSync(Buffer.alloc(5 * megabyte))
  const bytesMax = 8 * megabyte
  expect(await inflate({ body, compression: 'gzip', ...limits, bytesMax, mayHold })).toMatchObject({
    ok: false,
    error: { code: 'overloaded', retryAfterSeconds: 2 },
  })
  expect(asked).toHaveLength(3)
})

test('a body that says less than it unfolds to comes out whole', async () => {
  const padded = Buffer.concat([zlib.gzipSync(text), zlib.gzipSync('.')])
  expect(expectedSize({ body: padded, compression: 'gzip', bytesMax: megabyte })).toBeLessThan(text.length)
  expect(await inflate({ body: padded, compression: 'gzip', ...limits })).toEqual({
    ok: true,
    value: Buffer.concat([text, Buffer.from('.')]),
  })
})

test('a gzip body says what it will take, others are guessed, and nobody may claim beyond the limit', () => {
  const sizeOf = (body: Buffer, compression: 'gzip' | 'none' | 'deflate') =>
    expectedSize({ body, compression, bytesMax: megabyte })
  expect(sizeOf(zlib.gzipSync(text), 'gzip')).toBe(text.length)
  expect(sizeOf(text, 'none')).toBe(text.length)
  expect(sizeOf(text, 'deflate')).toBe(6 * text.length)
  expect(sizeOf(Buffer.alloc(100, 0xff), 'gzip')).toBe(megabyte)
})

test.each([
  ['gzip', Buffer.from('not gzip')],
  ['gzip', zlib.gzipSync(text).subarray(0, 20)],
  ['gzip', Buffer.alloc(0)],
  ['deflate', Buffer.from([0x78, 0x9c, 1, 2, 3])],
] as const)('a broken %s body is said to be broken', async (compression, body) => {
  expect(await inflate({ body, compression, ...limits })).toMatchObject({
    ok: false,
    error: { code: 'broken-body', message: expect.stringContaining(`not valid ${compression}`) },
  })
})

const zstdHeaders = { 'content-type': 'application/x-protobuf', 'content-encoding': 'zstd' }

test.runIf(createZstdInflater !== undefined)('zstd is taken', () => {
  expect(parseContent(zstdHeaders)).toEqual({ ok: true, value: { format: 'protobuf', compression: 'zstd' } })
})

test.runIf(createZstdInflater === undefined)('zstd is refused by name where node does not have it', () => {
  expect(parseContent(zstdHeaders)).toMatchObject({
    ok: false,
    error: {
      code: 'unsupported-encoding',
      message: 'The content encoding zstd is not supported here; gzip, deflate and none are',
    },
  })
})

test('content types are told apart from their parameters', () => {
  expect(parseContent({ 'content-type': 'Application/JSON; charset=utf-8' })).toEqual({
    ok: true,
    value: { format: 'json', compression: 'none' },
  })
  expect(parseContent({ 'content-type': 'text/plain' })).toMatchObject({
    ok: false,
    error: {
      code: 'unsupported-media',
      message: 'The content type must be application/x-protobuf or application/json, not text/plain',
    },
  })
  expect(
    parseContent({ 'content-type': 'application/json', 'content-encoding': 'gzip, gzip' }),
  ).toMatchObject({
    ok: false,
    error: { code: 'unsupported-encoding' },
  })
})
