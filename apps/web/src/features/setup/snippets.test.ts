import { expect, test } from 'vitest'
import { buildSnippets } from './snippets.ts'

test('every way in carries the address and the key, ready to paste', () => {
  const snippets = buildSnippets({ endpoint: 'http://127.0.0.1:4318', token: 'clew_sk_abc' })
  expect(snippets.map((snippet) => snippet.id)).toEqual(['typescript', 'python', 'otel', 'environment'])
  for (const { code } of snippets) {
    expect(code).toContain('http://127.0.0.1:4318')
    expect(code).toContain('clew_sk_abc')
  }
})
