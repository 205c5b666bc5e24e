import { describe, expect, it } from 'vitest'
import { parseCutJson } from './parse-cut-json.ts'

const whole = '{"a":[{"id":"x","n":12.5,"ok":true,"gone":null},{"id":"a \\"quote\\" \\u00e9"}],"b":{"c":"d"}}'

describe('parseCutJson', () => {
  it('gives whole JSON back as it is', () => {
    expect(parseCutJson(whole)).toEqual({ value: JSON.parse(whole), isCut: false })
  })

  it('reads JSON that is cut at any place whatever', () => {
    for (let length = 1; length < whole.length; length++) {
      expect(parseCutJson(whole.slice(0, length))?.isCut).toBe(true)
    }
  })

  it('keeps what is whole', () => {
    expect(parseCutJson('[{"agent":"Weather","response":"It is 22C and sun')?.value).toEqual([
      { agent: 'Weather', response: 'It is 22C and sun' },
    ])
    expect(parseCutJson('{"a":1,"b"')?.value).toEqual({ a: 1 })
    expect(parseCutJson('{"a":1,"b":tr')?.value).toEqual({ a: 1 })
  })

  it('is nothing for other text', () => {
    expect(parseCutJson('plain [words]')).toBeUndefined()
  })
})
