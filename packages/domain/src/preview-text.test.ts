import { expect, it } from 'vitest'
import { toPreviewText } from './preview-text.ts'

it.for([
  ['plain text', 'Weather in Paris?', 'Weather in Paris?'],
  ['a quoted string', '"Weather in Paris?"', 'Weather in Paris?'],
  ['the prompt of a request', '{"system":"Be brief.","prompt":"Weather in Paris?"}', 'Weather in Paris?'],
  [
    'the last that a user said',
    '[{"role":"user","content":"a"},{"role":"assistant","content":"b"},{"role":"user","content":[{"type":"text","text":"c"}]},{"role":"tool","content":"d"}]',
    'c',
  ],
  [
    'a chat request',
    '{"model":"m","messages":[{"role":"system","content":"s"},{"role":"user","content":"Hi"}],"tools":[]}',
    'Hi',
  ],
  ['a chat response', '{"id":"x","choices":[{"message":{"role":"assistant","content":"Hello"}}]}', 'Hello'],
  ['arguments of an entity', '{"args":["Weather?"],"kwargs":{}}', 'Weather?'],
  [
    'a request that was cut',
    '{"model":"m","messages":[{"role":"system","content":"long"},{"role":"user","content":"Hi \\"you\\" th',
    'Hi "you" th',
  ],
  ['JSON that says nothing', '{"a":1}', '{"a":1}'],
  ['text on many lines', 'one\n\n  two', 'one two'],
  ['no text', '  ', undefined],
  ['nothing', undefined, undefined],
] as const)('shows %s', ([, text, expected]) => {
  expect(toPreviewText(text)).toBe(expected)
})

it('is at most 240 characters long', () => {
  expect(toPreviewText('x'.repeat(10_000))).toHaveLength(240)
})

it('ends on JSON that nests without end', () => {
  expect(toPreviewText(`${'['.repeat(20_000)}${']'.repeat(20_000)}`)).toHaveLength(240)
})
