import { describe, expect, it } from 'vitest'
import { ByteWriter } from './byte-writer.ts'

function textBytes(value: string): Buffer {
  const writer = new ByteWriter(0)
  writer.text(value)
  return Buffer.from(writer.bytes())
}

describe('a byte writer', () => {
  it.each([0, 1, 47, 48, 49, 127, 128, 16_383, 16_384])('puts the length before %i ASCII letters', (size) => {
    const bytes = textBytes('x'.repeat(size))
    const lengthSize = size < 128 ? 1 : size < 16_384 ? 2 : 3
    expect(bytes.length).toBe(lengthSize + size)
    expect(bytes.subarray(lengthSize).toString()).toBe('x'.repeat(size))
  })

  it.each(['é', 'aé', '€'.repeat(43), '𝄞'.repeat(60), `${'x'.repeat(126)}é`])(
    'counts bytes, not letters, of %s',
    (value) => {
      const utf8 = Buffer.from(value)
      const bytes = textBytes(value)
      const lengthSize = utf8.length < 128 ? 1 : 2
      const length = ((bytes[0] ?? 0) % 128) | (lengthSize === 2 ? (bytes[1] ?? 0) << 7 : 0)
      expect(length).toBe(utf8.length)
      expect(bytes.subarray(lengthSize)).toEqual(utf8)
    },
  )

  it('writes half a surrogate pair as the replacement character', () => {
    expect(textBytes('a\ud800b').subarray(1).toString()).toBe('a\uFFFDb')
  })

  it('keeps what it wrote while it grows', () => {
    const writer = new ByteWriter(1)
    for (let n = 0; n < 300; n++) writer.text(String(n))
    writer.zeros(40)
    const expected = Array.from({ length: 300 }, (_, n) => [
      String(n).length,
      ...Buffer.from(String(n)),
    ]).flat()
    expect([...writer.bytes()]).toEqual([...expected, ...Array.from({ length: 40 }, () => 0)])
  })
})
