import zlib from 'node:zlib'
import { expect, test } from 'vitest'
import { inflate } from './inflate.ts'
import { parseContent } from './parse-content.ts'
import { zstdDecompress } from './zstd.ts'

const text = Buffer.from('a span '.repeat(1000))
const megabyte = 1024 * 1024

test.each([
  ['gzip', zlib.gzipSync(text)],
  ['deflate', zlib.deflateSync(text)],
  ['deflate', zlib.deflateRawSync(text)],
  ['none', text],
] as const)('%s bodies come out as they went in', async (compression, body) => {
  expect(await inflate({ body, compression, bytesMax: megabyte })).toEqual({ ok: true, value: text })
})

test('a bomb of a hundred megabytes is stopped at the limit', async () => {
  const body = zlib.gzipSync(Buffer.alloc(100 * megabyte))
  const before = process.memoryUsage.rss()
  expect(await inflate({ body, compression: 'gzip', bytesMax: megabyte })).toMatchObject({
    ok: false,
    error: { code: 'too-large', message: 'The body inflates to more than the 1048576 bytes allowed' },
  })
  expect(process.memoryUsage.rss() - before).toBeLessThan(30 * megabyte)
})

test.each([
  ['gzip', Buffer.from('not gzip')],
  ['gzip', zlib.gzipSync(text).subarray(0, 20)],
  ['gzip', Buffer.alloc(0)],
  ['deflate', Buffer.from([0x78, 0x9c, 1, 2, 3])],
] as const)('a broken %s body is said to be broken', async (compression, body) => {
  expect(await inflate({ body, compression, bytesMax: megabyte })).toMatchObject({
    ok: false,
    error: { code: 'broken-body', message: expect.stringContaining(`not valid ${compression}`) },
  })
})

const zstdHeaders = { 'content-type': 'application/x-protobuf', 'content-encoding': 'zstd' }

test.runIf(zstdDecompress !== undefined)('zstd is taken', () => {
  expect(parseContent(zstdHeaders)).toEqual({ ok: true, value: { format: 'protobuf', compression: 'zstd' } })
})

test.runIf(zstdDecompress === undefined)('zstd is refused by name where node does not have it', () => {
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
