import { expect, test } from 'vitest'

import { limitText, toJson, toText } from './to-text.ts'

test('text stays text, everything else becomes JSON, absent stays absent', () => {
  expect(toText('a')).toEqual({ text: 'a', mime: 'text/plain' })
  expect(toText({ a: [1, null, true] })).toEqual({ text: '{"a":[1,null,true]}', mime: 'application/json' })
  expect(toText(undefined)).toBeUndefined()
})

test('what JSON would drop or refuse is told', () => {
  expect(toJson({ n: 10n, map: new Map([['a', new Set([1])]]), error: new TypeError('no') })).toBe(
    '{"n":"10","map":{"a":[1]},"error":{"name":"TypeError","message":"no"}}',
  )
  expect(toJson(new Uint8Array(2000))).toBe('"[binary, 2000 bytes]"')
  expect(toJson({ at: new Date(0) })).toBe('{"at":"1970-01-01T00:00:00.000Z"}')
  expect(
    toJson({
      get trap() {
        throw new Error('trap')
      },
    }),
  ).toContain('not serialisable')
})

test('objects that refer to each other come to an end, and soon', () => {
  const nodes = Array.from({ length: 200 }, (): { links: unknown[] } => ({ links: [] }))
  for (const node of nodes) node.links = nodes.slice(0, 3)
  const started = performance.now()
  expect(toJson(nodes[0])).toContain('[circular]')
  expect(performance.now() - started).toBeLessThan(500)
})

test('cutting keeps the length, says so, and changes nothing the second time', () => {
  const cut = limitText('x'.repeat(500), 100)
  expect(cut).toHaveLength(100)
  expect(cut).toContain('[cut: 500 characters]')
  expect(limitText(cut, 100)).toBe(cut)
  expect(Buffer.from(limitText('é😀'.repeat(100), 40)).toString()).not.toContain('\ufffd')
})
