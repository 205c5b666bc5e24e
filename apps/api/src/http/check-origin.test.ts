import { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import { expect, test } from 'vitest'
import { checkOrigin } from './check-origin.ts'

const config = {
  publicUrl: 'https://clew.example',
  trustedOrigins: ['https://ops.example/'],
  otlpUrl: '',
  version: '0',
}

function codeOf(method: string, headers: Record<string, string>): string {
  const req = new IncomingMessage(new Socket())
  req.method = method
  Object.assign(req.headers, { 'content-type': 'application/json', host: '127.0.0.1:4000', ...headers })
  try {
    checkOrigin({ req, config })
    return 'taken'
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : 'bug'
  }
}

test.each([
  ['a page of ours', { origin: 'https://clew.example' }, 'taken'],
  ['a trusted origin', { origin: 'https://ops.example' }, 'taken'],
  ['the address that the browser used', { origin: 'http://127.0.0.1:4000' }, 'taken'],
  ['a program without a browser', {}, 'taken'],
  ['another site', { origin: 'https://evil.example' }, 'cross-origin'],
  ['a lookalike', { origin: 'https://clew.example.evil.example' }, 'cross-origin'],
  ['a sandboxed frame', { origin: 'null' }, 'cross-origin'],
  ['another site without Origin', { 'sec-fetch-site': 'cross-site' }, 'cross-origin'],
  ['a sibling domain', { 'sec-fetch-site': 'same-site' }, 'cross-origin'],
  ['a form', { 'content-type': 'application/x-www-form-urlencoded' }, 'unsupported-media-type'],
  ['a key from anywhere', { origin: 'https://evil.example', authorization: 'Bearer x' }, 'taken'],
])('a change by %s', (_who, headers, outcome) => {
  expect(codeOf('POST', headers)).toBe(outcome)
})

test('reading is open to links from elsewhere', () => {
  expect(codeOf('GET', { origin: 'https://evil.example' })).toBe('taken')
})
