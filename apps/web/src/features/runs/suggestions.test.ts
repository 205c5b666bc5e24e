import { expect, test } from 'vitest'
import { buildSuggestions } from './suggestions.ts'

const facets = {
  agent: [
    { value: 'Support Agent', count: 12 },
    { value: 'billing', count: 3 },
  ],
}

test('an empty field offers the fields', () => {
  expect(buildSuggestions({ typed: '', facets })[0]).toMatchObject({ text: 'status:', isComplete: false })
})

test('after a field come the values that occur, with their counts', () => {
  expect(buildSuggestions({ typed: 'lost agent:s', facets })).toEqual([
    { text: 'lost agent:"Support Agent"', label: 'agent: Support Agent', detail: '12', isComplete: true },
  ])
  expect(buildSuggestions({ typed: '-agent:bil', facets })[0]?.text).toBe('-agent:billing')
})

test('a bare word finds values, whatever their field', () => {
  expect(buildSuggestions({ typed: 'bill', facets }).map((one) => one.text)).toEqual(['agent:billing'])
})
