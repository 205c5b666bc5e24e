import { expect, test } from 'vitest'
import { IdMemo } from './id-memo.ts'

test('an id is the hex of its own bytes, whatever was read before', () => {
  const ids = [
    '00f067aa0ba902b7',
    '00f067aa0ba902b7',
    '01f067aa0ba902b7',
    'b7',
    '',
    '00f067aa0ba902b7',
    '02b7',
  ]
  const body = Buffer.from(ids.join(''), 'hex')
  const memo = new IdMemo(body)
  let at = 0
  for (const id of ids) {
    const end = at + id.length / 2
    expect(memo.read(at, end)).toBe(id)
    at = end
  }
})
