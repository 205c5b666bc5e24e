import { describe, expect, test } from 'vitest'
import { lastContent } from './message-text.ts'
import { parseMessages } from './parse-messages.ts'
import { peekMessages } from './peek-messages.ts'

const lists: unknown[][] = [
  [{ role: 'user', content: 'hello' }],
  [
    { role: 'system', content: 'Answer in the user\'s "language"' },
    { role: 'user', parts: [{ type: 'text', content: 'a, b] and {c} \\" \\' }] },
    { role: 'assistant', content: 'the "user" asked' },
    { role: 'tool', content: '[1, {"role": "user"}]', tool_call_id: 'c1' },
  ],
  [
    { role: 'human', content: 'one' },
    { role: 'human', content: '' },
    { role: 'ai', content: 'two' },
  ],
  [{ parts: [{ text: 'no role' }] }, { role: 'model', parts: [{ text: 'an answer' }] }],
  [{ role: 'assistant', content: 'nobody asked' }],
]

describe('peeking into messages', () => {
  test.each(lists.map((list) => [JSON.stringify(list), JSON.stringify(list, null, 2)]))(
    'finds what parsing finds in %s',
    (...texts) => {
      for (const text of texts) {
        const messages = parseMessages(JSON.parse(text))
        expect(peekMessages(text)).toEqual({ content: lastContent(messages, 'user') })
      }
    },
  )

  test.each([
    '',
    '[]',
    '[1, 2]',
    '{"messages":[{"role":"user","content":"x"}]}',
    '[[{"role":"user","content":"nested lists"}]]',
    '[{"role":"user","content":"cut sho',
    '[{"role":"user","content":"x"}] and more',
    '[{"role":"user","content":nothing}]',
    '["just text"]',
    '[{"unrelated":true}]',
  ])('leaves %s to the parser', (text) => {
    expect(peekMessages(text)).toBeUndefined()
  })
})
