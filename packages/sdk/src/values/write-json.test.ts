import { describe, expect, it } from 'vitest'

import { writeJson } from './write-json.ts'

const long = 'What a tool found, at some length. '.repeat(10)

class Point {
  readonly text = long
}

describe('JSON written by hand', () => {
  it.each<[string, object]>([
    ['texts with numbers, flags and nothing', { a: long, n: [1, -0, 1.5e300, Number.NaN], b: true, c: null }],
    ['what is undefined left out', { a: undefined, b: long, c: { d: undefined } }],
    ['short texts that need escapes', { a: 'say "hi"\n\\ \u0001', b: long }],
    ['names that need escapes', { 'a "b"\n': long, '': long, 1: long, ['n'.repeat(60)]: long }],
    ['scripts beyond Latin', { a: 'Überraschung', b: '日本語'.repeat(40), c: '\u2028 \u007f', d: long }],
    ['characters outside of the first plane, and halves of them', { a: '😀', b: '\ud83d', c: long }],
    ['lists in lists, and nothing in them', { a: [[], {}, [long, [long]]] }],
    ['no prototype', Object.assign(Object.create(null), { a: long })],
    ['a name that the language uses', JSON.parse(`{"__proto__":"${long}","constructor":"x"}`)],
  ])('is what JSON.stringify gives: %s', (_name, value) => {
    expect(writeJson(value)).toBe(JSON.stringify(value))
  })

  it('is also that for texts of every character', () => {
    for (let code = 0; code < 0x1_00_00; code += 64) {
      const text = String.fromCharCode(...Array.from({ length: 64 }, (_, index) => code + index))
      const value = { first: text.slice(0, 40), second: text }
      expect(writeJson(value)).toBe(JSON.stringify(value))
    }
  })

  it.each<[string, object]>([
    ['maps, sets, dates, errors and binary', { a: long, b: new Map([[1, 2]]) }],
    ['a class of its own', new Point()],
    ['lists of a class of their own', Object.setPrototypeOf([long], class extends Array {}.prototype)],
    ['functions, symbols and bigints', { a: long, b: () => 1 }],
    ['something that says itself how it is written', { a: long, toJSON: () => 'mine' }],
    ['many short values', Array.from({ length: 100 }, (_, index) => ({ index, ok: true }))],
    ['long texts that need escapes', { a: `${long}\n${long}` }],
    ['what has no end', endless()],
  ])('gives up on %s', (_name, value) => {
    expect(writeJson(value)).toBeUndefined()
  })

  it('leaves out what an object has from its prototype alone', () => {
    const pollution = { value: 1, enumerable: true, configurable: true, writable: true }
    // oxlint-disable-next-line no-extend-native -- what some programs do to all objects
    Object.defineProperty(Object.prototype, 'polluted', pollution)
    const texts = [writeJson({ a: long }), JSON.stringify({ a: long })]
    Reflect.deleteProperty(Object.prototype, 'polluted')
    expect(texts[0]).toBe(texts[1])
  })
})

function endless(): object {
  const value: { text: string; self?: unknown } = { text: long }
  value.self = value
  return value
}
