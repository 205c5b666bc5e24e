import { describe, expect, test } from 'vitest'
import { describeCondition, formatFilterText, parseFilterText } from './filter-text.ts'

describe('what people type', () => {
  test('conditions and words separate, whatever their order', () => {
    expect(parseFilterText('lost agent:support tent status:error')).toEqual({
      conditions: [
        { field: 'agent', op: '=', value: 'support' },
        { field: 'status', op: '=', value: 'error' },
      ],
      words: 'lost tent',
    })
  })

  test('a comma means one of several, a minus not, a star any value', () => {
    expect(parseFilterText('agent:a,b -environment:dev session:* -user:*').conditions).toEqual([
      { field: 'agent', op: 'in', value: ['a', 'b'] },
      { field: 'environment', op: '!=', value: 'dev' },
      { field: 'session', op: 'not-empty' },
      { field: 'user', op: 'empty' },
    ])
  })

  test('durations take units, and numbers are numbers', () => {
    expect(parseFilterText('duration>5s tokens>=1000 cost<0.25').conditions).toEqual([
      { field: 'durationMs', op: '>', value: 5000 },
      { field: 'tokens', op: '>=', value: 1000 },
      { field: 'cost', op: '<', value: 0.25 },
    ])
  })

  test('addresses and unknown fields stay words', () => {
    expect(parseFilterText('https://example.test colour:red duration>soon')).toEqual({
      conditions: [],
      words: 'https://example.test colour:red duration>soon',
    })
  })

  test('scores are fields by their names', () => {
    expect(parseFilterText('score.csat>=4 -score.tone:kind').conditions).toEqual([
      { field: 'score.csat', op: '>=', value: '4' },
      { field: 'score.tone', op: '!=', value: 'kind' },
    ])
  })

  test('attributes are fields, too', () => {
    expect(parseFilterText('attributes.http.status:503').conditions).toEqual([
      { field: 'attributes.http.status', op: '=', value: '503' },
    ])
  })
})

test.each([
  'agent:support status:error lost tent',
  'name:"Support Agent" tool~refund',
  'agent:a,b -environment:dev -model:x,y -user:* session:*',
  'duration>90s duration<=2m duration<250ms hasError:true',
  'name:"say \\"hi\\", then" attributes.x.y:"*"',
])('text, filter, text gives the same text: %s', (text) => {
  expect(formatFilterText(parseFilterText(text))).toBe(text)
})

test('a chip reads like a sentence', () => {
  expect(parseFilterText('agent:a,b duration>5s user:*').conditions.map(describeCondition)).toEqual([
    { field: 'agent', op: 'in', value: 'a, b' },
    { field: 'duration', op: '>', value: '5s' },
    { field: 'user', op: 'is set' },
  ])
})
