import { expect, test } from 'vitest'
import { toSafePath } from './safe-path.ts'

test('signing in never leads to another host', () => {
  expect(toSafePath('/p/halden/runs?q=agent:support')).toBe('/p/halden/runs?q=agent:support')
  for (const bad of [
    null,
    '',
    'https://example.test',
    '//example.test',
    '/\\example.test',
    '/login?next=/x',
  ]) {
    expect(toSafePath(bad)).toBe('/')
  }
})
