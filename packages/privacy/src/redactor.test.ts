import { describe, expect, test } from 'vitest'
import { createLedger } from './ledger.ts'
import { createRedactor } from './redactor.ts'
import { defaultRules } from './rules.ts'

// Assembled at run time, so that no scanner takes this file for a leak.
const secretOf = (...parts: string[]): string => parts.join('')
const letters = 'aB3dE5gH7jK9mN1pQ2sT4vW6yZ8bC0dF'
const privateKey = `${secretOf('-----BEGIN RSA ', 'PRIVATE KEY-----')}\nMIIEow${letters}\n${letters}==\n-----END RSA PRIVATE KEY-----`

const secrets: [rule: string, secret: string][] = [
  ['openai-key', secretOf('sk-', 'proj-', letters)],
  ['openai-key', secretOf('sk-', letters, letters)],
  ['anthropic-key', secretOf('sk-ant-', 'api03-', letters)],
  ['openrouter-key', secretOf('sk-or-', 'v1-', letters)],
  ['google-key', secretOf('AIza', 'Sy', letters, 'x')],
  ['aws-key', secretOf('AKIA', 'IOSFODNN7EXAMPLE'.replace('7', 'Q'))],
  ['github-token', secretOf('ghp_', letters, 'abcd')],
  ['github-token', secretOf('github_pat_', letters)],
  ['gitlab-token', secretOf('glpat-', letters)],
  ['slack-token', secretOf('xoxb-', '123456789012-', letters)],
  ['stripe-key', secretOf('sk_live_', letters)],
  ['huggingface-token', secretOf('hf_', letters, 'ab')],
  ['model-provider-key', secretOf('gsk_', letters, letters)],
  ['registry-token', secretOf('npm_', letters, 'abcd')],
  ['sendgrid-key', secretOf('SG.', letters, '.', letters)],
  ['jwt', secretOf('eyJ', 'hbGciOiJIUzI1NiJ9', '.eyJ', 'zdWIiOiIxMjM0In0', '.', letters)],
  ['private-key', privateKey],
  ['card-number', '4111 1111 1111 1111'],
  ['card-number', '5555555555554444'],
  ['card-number', '3782-822463-10005'],
]

const classOf = (key: string): string => (key.startsWith('input') ? 'content' : 'metadata')

function redact(text: string, options = {}): { text: string; rules: string[] } {
  const ledger = createLedger()
  const redacted = createRedactor(options).redactText(text, 'input', ledger)
  return { text: redacted, rules: ledger.entries().map((entry) => entry.rule) }
}

describe('secrets', () => {
  test.each(secrets)('%s is replaced wherever it stands in a text', (rule, secret) => {
    for (const [before, after] of [
      ['', ''],
      ['Use ', ' for the call.'],
      ['{"note":"', '"}'],
      ['{\\"note\\":\\"', '\\"}'],
      ['line\n', '\nline'],
      ['(', ')'],
    ]) {
      const result = redact(`${before}${secret}${after}`)
      expect(result).toEqual({ text: `${before}[redacted:${rule}]${after}`, rules: [rule] })
    }
  })

  test('a private key that was cut short is still a private key', () => {
    const { text } = redact(`key: ${privateKey.slice(0, 70)}`)
    expect(text).toBe('key: [redacted:private-key]')
  })

  test.each([
    ['Authorization: Bearer abc123def456ghi', 'Authorization: Bearer [redacted:bearer-token]'],
    [`Authorization: Basic ${btoa('anna:hunter22')}`, 'Authorization: Basic [redacted:basic-credentials]'],
    ['postgres://clew:s3cret@db:5432/clew', 'postgres://clew:[redacted:connection-password]@db:5432/clew'],
    ['{"password":"hunter two"}', '{"password":"[redacted:credential]"}'],
    ['{"password":"ab\\"c\\\\","user":"anna"}', '{"password":"[redacted:credential]","user":"anna"}'],
    [
      JSON.stringify(JSON.stringify({ apiKey: 'ab"c\\', user: 'anna' })),
      JSON.stringify(JSON.stringify({ apiKey: '[redacted:credential]', user: 'anna' })),
    ],
    ['DB_PASSWORD=hunter2!', 'DB_PASSWORD=[redacted:credential]'],
    ["client_secret: 'abcd'", "client_secret: '[redacted:credential]'"],
    [
      'https://x.test/cb?access_token=a1b2c3d4&state=9',
      'https://x.test/cb?access_token=[redacted:credential]&state=9',
    ],
    ['Server=db;User=sa;Password=Tr0ub4dor;', 'Server=db;User=sa;Password=[redacted:credential];'],
  ])('%s keeps its shape and loses its secret', (text, redacted) => {
    expect(redact(text).text).toBe(redacted)
  })
})

test.each([
  'The password: please type it again.',
  'const key = process.env.OPENAI_API_KEY',
  'api_key=${OPENAI_API_KEY}',
  '{"input_tokens":1234567,"max_token":100000,"token":1234567}',
  'sk-circle-loading-animation-large is a CSS class',
  'task-aB3dE5gH7jK9mN1pQ2sT4vW6yZ8bC0dF',
  'Bearer authentication is required',
  'a basic understanding',
  '1763680000000000000 1763680000123456789',
  'order 4111 1111 1111 1112',
  'trace 4111111111111111aa',
  'https://example.test/a:b/c@d',
  'see -----BEGIN PRIVATE KEY----- in the docs',
  'anna@example.test',
  '',
])('%s is left alone', (text) => {
  expect(redact(text)).toEqual({ text, rules: [] })
})

test('e-mail addresses are redacted by choice', () => {
  expect(redact('write to anna.b+x@mail.example.test today', { emails: true }).text).toBe(
    'write to [redacted:email] today',
  )
})

test('redacting what was redacted changes nothing, so SDK and ingest may both do it', () => {
  const redactor = createRedactor({ emails: true })
  const text = `${secrets.map(([, secret]) => secret).join('\n')}\nAuthorization: Bearer abc123def456ghi\n"password":"hunter2", DB_PASSWORD=hunter2! postgres://a:bcd@e/f`
  const once = redactor.redactText(text, 'input', createLedger())
  const ledger = createLedger()
  expect(redactor.redactText(once, 'input', ledger)).toBe(once)
  expect(ledger.entries()).toEqual([])
})

test('the ledger counts by rule and path and never holds a value', () => {
  const ledger = createLedger()
  const redactor = createRedactor()
  const key = secretOf('sk-', letters)
  redactor.redactValue({ a: [`${key} ${key}`, 'x'], b: { c: key } }, 'attributes', ledger)
  expect(ledger.entries()).toEqual([
    { rule: 'openai-key', path: 'attributes.a.0', count: 2 },
    { rule: 'openai-key', path: 'attributes.b.c', count: 1 },
  ])
})

test('the ledger stays small however many places are hit', () => {
  const ledger = createLedger()
  for (let index = 0; index < 1000; index += 1) ledger.record('jwt', `attributes.${index}`)
  expect(ledger.entries()).toHaveLength(201)
  expect(ledger.entries().at(-1)).toEqual({ rule: 'jwt', path: '*', count: 800 })
})

describe('values', () => {
  test('clean values come back as the same reference, of every type', () => {
    const value = { text: 'hello', list: ['a', 1n, null], bytes: new Uint8Array([1]), deep: { ok: true } }
    expect(createRedactor().redactValue(value, 'x', createLedger())).toBe(value)
  })

  test('a key that says credential hides its whole value, also in lists', () => {
    const redacted = createRedactor().redactAttributes(
      { 'http.request.header.authorization': ['abc'], 'db.password': 'x1', 'gen_ai.usage.input_tokens': 5n },
      'attributes',
      createLedger(),
    )
    expect(redacted).toEqual({
      'http.request.header.authorization': ['[redacted:credential]'],
      'db.password': '[redacted:credential]',
      'gen_ai.usage.input_tokens': 5n,
    })
  })

  test('a secret that stands in a key is taken out of the key, and stays out of the ledger', () => {
    const key = secretOf('sk-', letters)
    const ledger = createLedger()
    const redacted = createRedactor().redactAttributes(
      { [`cache.${key}`]: 1, plain: 2 },
      'attributes',
      ledger,
    )
    expect(redacted).toEqual({ 'cache.[redacted:openai-key]': 1, plain: 2 })
    expect(ledger.entries()).toEqual([
      { rule: 'openai-key', path: 'attributes.cache.[redacted:openai-key]', count: 1 },
    ])
  })

  test('a key named __proto__ is data', () => {
    const hostile: unknown = JSON.parse('{"__proto__":{"password":"hunter2"},"a":1}')
    const redacted = createRedactor().redactValue(hostile, 'x', createLedger())
    expect(JSON.stringify(redacted)).toBe('{"__proto__":{"password":"[redacted:credential]"},"a":1}')
  })

  test('nesting without end is cut, not followed', () => {
    let value: unknown = 'leaf'
    for (let depth = 0; depth < 5000; depth += 1) value = { value }
    expect(JSON.stringify(createRedactor().redactValue(value, 'x', createLedger()))).toContain(
      '[redacted:too-deep]',
    )
  })
})

describe('attribute keys', () => {
  test('deny drops, hash hashes, allow saves from a dropped class', () => {
    const redactor = createRedactor({
      deny: ['internal.*'],
      hash: ['user.id'],
      allow: ['input.mime_type'],
      classOf,
      dropClasses: ['content'],
      hmac: (value) => `#${value.length}`,
    })
    const ledger = createLedger()
    const kept = redactor.redactAttributes(
      {
        'internal.x': 1,
        'user.id': 'anna',
        'input.value': 'secret',
        'input.mime_type': 'text/plain',
        name: 'a',
      },
      'attributes',
      ledger,
    )
    expect(kept).toEqual({ 'user.id': 'hmac:#4', 'input.mime_type': 'text/plain', name: 'a' })
    expect(ledger.entries().map(({ rule, path }) => `${rule} ${path}`)).toEqual([
      'denied attributes.internal.x',
      'hashed attributes.user.id',
      'denied attributes.input.value',
    ])
    expect(redactor.redactAttributes(kept, 'attributes', createLedger())).toEqual(kept)
  })

  test('a value that should be hashed is dropped when no hash function is given', () => {
    expect(
      createRedactor({ hash: ['user.*'] }).redactAttributes({ 'user.id': 'a' }, 'x', createLedger()),
    ).toEqual({})
  })
})

test('hostile texts cost linear time', () => {
  const redactor = createRedactor({ emails: true })
  const pieces = [
    'a',
    '-',
    '.',
    '1',
    '1 ',
    '4111 ',
    'eyJ',
    '-eyJ.eyJ',
    'sk-',
    '-----BEGIN PRIVATE KEY-----',
    'a@',
    'a.',
    'a://',
    'a://b:',
    'bearer ',
    'Basic A',
    'password=',
    '"password":"',
    'token:\\"',
    '\\',
    ':AA',
    'SG.',
    'http://x:1',
  ]
  for (const piece of pieces) {
    const text = piece.repeat(Math.ceil(400_000 / piece.length))
    // A compiler that works beside it may cost once; a pattern that is not linear costs each time.
    const isFast = [1, 2, 3].some(() => {
      const before = process.cpuUsage()
      redactor.redactText(`${text}!`, 'x', createLedger())
      return process.cpuUsage(before).user < 1_500_000
    })
    expect({ piece, isFast }).toEqual({ piece, isFast: true })
  }
})

test('every rule has its own name', () => {
  expect(new Set(defaultRules.map((rule) => rule.name)).size).toBe(defaultRules.length)
})
