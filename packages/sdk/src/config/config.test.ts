import { expect, test } from 'vitest'

import { readConfig } from './config.ts'
import type { Config, Environment } from './config.ts'
import { sanitiseOptions } from './sanitise-options.ts'
import type { SetupOptions } from './setup-options.ts'

function config(env: Environment, options: SetupOptions = {}): Config {
  return readConfig({ options, env })
}

test('options beat CLEW_, CLEW_ beats CATALYST_, that beats OTEL_, that beats the legacy names', () => {
  const env: { [name: string]: string } = {
    OTLP_ENDPOINT: 'http://legacy:1',
    OTEL_EXPORTER_OTLP_ENDPOINT: 'http://otel:1',
    CATALYST_OTLP_ENDPOINT: 'http://catalyst:1',
    CLEW_OTLP_ENDPOINT: 'http://clew:1',
    SERVICE_NAME: 'legacy',
    OTEL_SERVICE_NAME: 'otel',
    CATALYST_SERVICE_NAME: 'catalyst',
    CLEW_SERVICE_NAME: 'clew',
  }
  const order = [
    ['http://option:1', 'option', undefined],
    ['http://clew:1', 'clew', 'CLEW'],
    ['http://catalyst:1', 'catalyst', 'CATALYST'],
    ['http://otel:1', 'otel', 'OTEL'],
    ['http://legacy:1', 'legacy', undefined],
  ] as const
  for (const [index, [endpoint, serviceName, prefix]] of order.entries()) {
    const got = config(env, index === 0 ? { endpoint, serviceName } : {})
    expect(got).toMatchObject({ endpoint, serviceName })
    for (const name of Object.keys(env))
      if (prefix !== undefined && name.startsWith(`${prefix}_`)) Reflect.deleteProperty(env, name)
  }
})

test('without anything it is the loopback, and a token of any level may go there', () => {
  expect(config({}).endpoint).toBe('http://127.0.0.1:4318')
  expect(config({ OTLP_INGEST_TOKEN: 't' })).toMatchObject({
    headers: { authorization: 'Bearer t' },
    warnings: [],
  })
})

test.each<[string, Environment, SetupOptions, string | undefined]>([
  ['option with option', {}, { endpoint: 'http://a', token: 't' }, 'Bearer t'],
  ['CLEW_ token with option endpoint', { CLEW_OTLP_TOKEN: 't' }, { endpoint: 'http://a' }, 'Bearer t'],
  [
    'legacy token to a CLEW_ endpoint',
    { OTLP_INGEST_TOKEN: 't', CLEW_OTLP_ENDPOINT: 'http://a' },
    {},
    'Bearer t',
  ],
  ['CATALYST_ pair', { CATALYST_OTLP_TOKEN: 't', CATALYST_OTLP_ENDPOINT: 'http://a' }, {}, 'Bearer t'],
  [
    'CLEW_ token to a foreign OTEL_ endpoint',
    { CLEW_OTLP_TOKEN: 't', OTEL_EXPORTER_OTLP_ENDPOINT: 'http://a' },
    {},
    undefined,
  ],
  ['option token to a CATALYST_ endpoint', { CATALYST_OTLP_ENDPOINT: 'http://a' }, { token: 't' }, undefined],
  [
    'CATALYST_ token to a legacy endpoint',
    { CATALYST_OTLP_TOKEN: 't', OTLP_ENDPOINT: 'http://a' },
    {},
    undefined,
  ],
])('a token goes only to an endpoint as trusted as itself: %s', (_name, env, options, authorization) => {
  const got = config(env, options)
  expect(got.headers['authorization']).toBe(authorization)
  expect(got.warnings.join(' ').includes('withheld')).toBe(authorization === undefined)
  expect(got.warnings.join(' ')).not.toContain(' t ')
})

test('a withheld token gives way to one that may be sent', () => {
  const env = { CLEW_OTLP_TOKEN: 'mine', CATALYST_OTLP_TOKEN: 'theirs', CATALYST_OTLP_ENDPOINT: 'http://a' }
  expect(config(env).headers['authorization']).toBe('Bearer theirs')
})

test('OpenTelemetry’s own variables are understood', () => {
  const got = config({
    OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318/',
    OTEL_EXPORTER_OTLP_HEADERS: 'x-team=halden,authorization=Bearer%20abc',
    OTEL_EXPORTER_OTLP_COMPRESSION: 'none',
    OTEL_RESOURCE_ATTRIBUTES:
      'service.name=shop,service.version=2,deployment.environment.name=prod,team=a%20b',
    OTEL_SDK_DISABLED: 'true',
  })
  expect(got).toMatchObject({
    disabled: true,
    endpoint: 'http://collector:4318',
    headers: { 'x-team': 'halden', authorization: 'Bearer abc' },
    compression: 'none',
    serviceName: 'shop',
    serviceVersion: '2',
    environment: 'prod',
  })
  expect(got.resourceAttributes['team']).toBe('a b')
})

test('an endpoint may carry the signal’s path, and a broken one is named', () => {
  expect(config({}, { endpoint: 'https://clew.example/otel/v1/traces' }).endpoint).toBe(
    'https://clew.example/otel',
  )
  const broken = config({ CLEW_OTLP_ENDPOINT: 'localhost:4318', OTLP_ENDPOINT: 'http://b' })
  expect(broken.endpoint).toBe('http://b')
  expect(broken.warnings).toEqual(['CLEW_OTLP_ENDPOINT is not an http(s) URL and is ignored.'])
})

test('options of a wrong type are named and ignored', () => {
  const { options, warnings } = sanitiseOptions({ endpoint: 4318, serviceName: 'shop', onError: 'yes' })
  expect(options).toEqual({ serviceName: 'shop' })
  expect(warnings).toHaveLength(2)
  expect(sanitiseOptions(null).warnings).toHaveLength(1)
})
