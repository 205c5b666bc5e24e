import { isAbsolute } from 'node:path'
import { describe, expect, test } from 'vitest'
import { configVariables, readConfig } from './config.ts'
import { describeConfig, maskUrl } from './describe-config.ts'

function configOf(env: Record<string, string>) {
  const result = readConfig(env)
  if (!result.ok) throw new Error(result.error.message)
  return result.value
}

describe('readConfig', () => {
  test('without any variable, everything is embedded and local', () => {
    const config = configOf({})
    expect(config).toMatchObject({ host: '127.0.0.1', port: 4000, otlpPort: 4318, initial: {} })
    expect(isAbsolute(config.dataDir)).toBe(true)
    expect(config.databaseUrl).toBe(`pglite:${config.dataDir}/postgres`)
    expect(config.clickhouseUrl).toBe(`chdb:${config.dataDir}/clickhouse`)
  })

  test('an empty variable counts as absent', () => {
    expect(configOf({ CLEW_PORT: '', CLEW_SECRET: '' })).toEqual(configOf({}))
  })

  test.each([
    ['CLEW_PORT', '4000x', 'CLEW_PORT should be a port from 0 to 65535, not "4000x"'],
    ['CLEW_PORT', '70000', 'CLEW_PORT should be a port from 0 to 65535, not "70000"'],
    ['CLEW_SPOOL_BYTES', '0', 'CLEW_SPOOL_BYTES should be a whole number of bytes above 0, not "0"'],
    ['CLEW_PUBLIC_URL', 'clew.example', 'CLEW_PUBLIC_URL should be an http:// or https:// URL'],
    [
      'CLEW_LOG_LEVEL',
      'loud',
      'CLEW_LOG_LEVEL should be one of debug, info, warn, error, silent, not "loud"',
    ],
    [
      'CLEW_FORWARD_URL',
      'http://127.0.0.1:4318',
      'CLEW_FORWARD_URL should be another collector, and this is Clew itself',
    ],
    ['CLEW_SECRET', 'short', 'CLEW_SECRET should be at least 32 characters'],
  ])('a wrong %s is named in one line without its secret', (name, value, message) => {
    expect(readConfig({ [name]: value })).toEqual({ ok: false, error: { code: 'invalid-config', message } })
  })

  test.each(configVariables.filter((name) => /SECRET|PASSWORD|KEY|URL|HEADERS/.test(name)))(
    'a wrong %s never echoes what was given',
    (name) => {
      const result = readConfig({ [name]: 'hunter2' })
      expect(result.ok ? '' : result.error.message).not.toContain('hunter2')
    },
  )

  test('an administrator needs both an address and a password', () => {
    const result = readConfig({ CLEW_INIT_ADMIN_EMAIL: 'ada@example.com' })
    expect(result.ok ? '' : result.error.message).toContain('go together')
  })

  test('what is stored can be forwarded to one other collector, with headers of its own', () => {
    const env = {
      CLEW_FORWARD_URL: 'https://otel.example:4318/',
      CLEW_FORWARD_HEADERS: 'authorization=Bearer%20abc, x-tenant=one',
    }
    expect(configOf(env).forward).toEqual({
      url: 'https://otel.example:4318',
      headers: { authorization: 'Bearer abc', 'x-tenant': 'one' },
    })
    expect(configOf({})).not.toHaveProperty('forward')
    const alone = readConfig({ CLEW_FORWARD_HEADERS: 'a=b' })
    expect(alone.ok ? '' : alone.error.message).toContain('CLEW_FORWARD_URL')
  })

  test('OTLP can be left to the main port', () => {
    expect(configOf({ CLEW_OTLP_PORT: 'off' })).not.toHaveProperty('otlpPort')
  })
})

describe('describeConfig', () => {
  test('shows what is in force and masks every secret', () => {
    const shown = JSON.stringify(
      describeConfig(
        configOf({
          CLEW_SECRET: 'a-secret-of-more-than-thirty-two-characters',
          CLEW_DATABASE_URL: 'postgres://clew:pg-pass@db:5432/clew',
          CLEW_CLICKHOUSE_URL: 'http://clew:ch-pass@clickhouse:8123/clew',
          CLEW_INIT_ADMIN_EMAIL: 'ada@example.com',
          CLEW_INIT_ADMIN_PASSWORD: 'correct horse',
          CLEW_INIT_API_KEY: 'clew_sk_0123456789abcdefghij',
          CLEW_FORWARD_URL: 'https://otel.example',
          CLEW_FORWARD_HEADERS: 'authorization=forward-token',
        }),
      ),
    )
    expect(shown).toContain('postgres://clew:****@db:5432/clew')
    for (const secret of ['a-secret', 'pg-pass', 'ch-pass', 'correct horse', 'clew_sk_', 'forward-token']) {
      expect(shown).not.toContain(secret)
    }
  })

  test('masks a password that holds an @', () => {
    expect(maskUrl('postgres://u:p@ss@host/db')).not.toContain('p@ss')
  })
})
