import { expect, test } from 'vitest'
import { otlpTypes } from '../testing/otlp-proto.ts'
import { encodeStatus, encodeSuccess } from './encode-reply.ts'

test('full success is an empty message in either encoding', () => {
  expect(encodeSuccess({ format: 'protobuf', signal: 'traces' })).toHaveLength(0)
  expect(Buffer.from(encodeSuccess({ format: 'json', signal: 'traces' })).toString()).toBe('{}')
})

test('partial success names what was rejected in either encoding', () => {
  const partial = { rejectedCount: 2, message: 'span a: bad' }
  const protobuf = encodeSuccess({ format: 'protobuf', signal: 'traces', partial })
  expect(otlpTypes.response.toObject(otlpTypes.response.decode(protobuf), { longs: Number })).toEqual({
    partialSuccess: { rejected: 2, errorMessage: 'span a: bad' },
  })
  expect(
    JSON.parse(Buffer.from(encodeSuccess({ format: 'json', signal: 'logs', partial })).toString()),
  ).toEqual({
    partialSuccess: { rejectedLogRecords: '2', errorMessage: 'span a: bad' },
  })
})

test('a refusal is a Status in either encoding', () => {
  const status = { code: 3, message: 'broken' }
  const protobuf = encodeStatus({ format: 'protobuf', ...status })
  expect(otlpTypes.status.toObject(otlpTypes.status.decode(protobuf))).toEqual(status)
  expect(JSON.parse(Buffer.from(encodeStatus({ format: 'json', ...status })).toString())).toEqual(status)
})
