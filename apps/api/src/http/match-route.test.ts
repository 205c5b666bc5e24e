import { expect, test } from 'vitest'
import { matchRoute } from './match-route.ts'
import { routes } from './routes.ts'

test.each([
  ['/v1/traces', '/v1/traces', {}],
  ['/v1/traces/abc', '/v1/traces/{traceId}', { traceId: 'abc' }],
  ['/v1/traces/abc/stream', '/v1/traces/{traceId}/stream', { traceId: 'abc' }],
  ['/v1/chats/a%2Fb%20c/trace', '/v1/chats/{sessionId}/trace', { sessionId: 'a/b c' }],
])('%s is %s', (path, expected, params) => {
  const match = matchRoute({ routes, path })
  expect(match?.routes[0]?.path).toBe(expected)
  expect(match?.params).toEqual(params)
})

test.each(['/v1', '/v1/', '/v1/traces/', '/v1/traces/a/b', '/v1/traces/%zz', '/v1/nope'])(
  '%s is nothing',
  (path) => {
    expect(matchRoute({ routes, path })).toBeUndefined()
  },
)
