import { expect, it } from 'vitest'
import { ByteWriter } from './byte-writer.ts'
import { BigintColumn, DecimalColumn } from './scalar-columns.ts'

const values = [
  '0',
  '1',
  '999999999',
  '1000000000',
  '4294967295',
  '4294967296',
  '65535999999999',
  '65536000000000',
  '9007199254740993',
  '1787220000000069340',
  '9223372036854775807',
  '9999999999999999999',
  '18446744073709551615',
]

function bytesOf(column: DecimalColumn | BigintColumn): Buffer {
  const out = new ByteWriter(0)
  column.write(out, values.length)
  return Buffer.from(out.bytes())
}

it('writes decimal digits as the bits of the number that they say', () => {
  const [decimals, bigints] = [new DecimalColumn('UInt64'), new BigintColumn('UInt64')]
  for (const [row, value] of values.entries()) {
    decimals.set(row, value)
    bigints.set(row, BigInt(value))
  }
  expect(bytesOf(decimals)).toEqual(bytesOf(bigints))
})
