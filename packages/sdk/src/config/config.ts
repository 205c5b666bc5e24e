import type { SetupOptions } from './setup-options.ts'

export type Environment = { readonly [name: string]: string | undefined }

/** Where a value comes from; a smaller number is trusted more. Options and `CLEW_*` are one level. */
const levels = { own: 1, compatible: 2, standard: 3, legacy: 4, default: 5 } as const
type Level = (typeof levels)[keyof typeof levels]

interface Leveled<Value> {
  value: Value
  level: Level
  name: string
}

/** What `setup` works with once options and environment are weighed. */
export interface Config {
  disabled: boolean
  /** Base URL without a trailing slash or signal path. */
  endpoint: string
  /** Headers of every request, credentials included. */
  headers: { [name: string]: string }
  compression: 'gzip' | 'none'
  protocol: 'json' | 'protobuf'
  serviceName: string
  serviceVersion?: string
  environment?: string
  resourceAttributes: { [name: string]: string }
  debug: boolean
  /** What the person should know, in plain sentences. */
  warnings: string[]
}

const loopback = 'http://127.0.0.1:4318'

/** Weighs options and environment: options, `CLEW_*`, `CATALYST_*`, `OTEL_*`, the legacy names, defaults. */
export function readConfig(args: { options: SetupOptions; env: Environment }): Config {
  const { options, env } = args
  const warnings: string[] = []
  const endpoint = readEndpoint({ options, env, warnings })
  const resource = parsePairs(env['OTEL_RESOURCE_ATTRIBUTES'], (text) => safeDecode(text))
  const pick = (option: string | undefined, key: string, others: Candidate[]): string | undefined =>
    first([
      [levels.own, 'option', option],
      [levels.own, `CLEW_${key}`, env[`CLEW_${key}`]],
      [levels.compatible, `CATALYST_${key}`, env[`CATALYST_${key}`]],
      ...others,
    ])?.value
  const serviceVersion = pick(options.serviceVersion, 'SERVICE_VERSION', [
    standard('service.version', resource['service.version']),
  ])
  const environment = pick(options.environment, 'ENVIRONMENT', [
    standard(
      'deployment.environment.name',
      resource['deployment.environment.name'] ?? resource['deployment.environment'],
    ),
  ])
  const debug = options.debug ?? isTrue(pick(undefined, 'DEBUG', []))
  return {
    disabled: isTrue(env['OTEL_SDK_DISABLED']),
    endpoint: endpoint.value,
    headers: readHeaders({ options, env, endpoint, warnings }),
    compression: env['OTEL_EXPORTER_OTLP_COMPRESSION'] === 'none' ? 'none' : 'gzip',
    protocol: env['OTEL_EXPORTER_OTLP_PROTOCOL'] === 'http/protobuf' ? 'protobuf' : 'json',
    serviceName:
      pick(options.serviceName, 'SERVICE_NAME', [
        standard('OTEL_SERVICE_NAME', env['OTEL_SERVICE_NAME']),
        standard('service.name', resource['service.name']),
        [levels.legacy, 'SERVICE_NAME', env['SERVICE_NAME']],
        [levels.default, 'npm', env['npm_package_name']],
      ]) ?? 'unknown_service:node',
    ...(serviceVersion === undefined ? {} : { serviceVersion }),
    ...(environment === undefined ? {} : { environment }),
    resourceAttributes: resource,
    debug,
    warnings,
  }
}

/** Builds something that reads the environment by itself, while these variables are out of its sight. */
export function withoutVariables<Value>(names: readonly string[], build: () => Value): Value {
  const before = names.map((name) => [name, process.env[name]] as const)
  for (const name of names) Reflect.deleteProperty(process.env, name)
  try {
    return build()
  } finally {
    for (const [name, value] of before) if (value !== undefined) process.env[name] = value
  }
}

/**
 * Where LangSmith tracing is on and nobody chose how, it writes to LangSmith and to OpenTelemetry both.
 * Returns whether it is on at all.
 */
export function setLangSmithMode(): boolean {
  const isOn = ['LANGSMITH_TRACING', 'LANGSMITH_TRACING_V2', 'LANGCHAIN_TRACING_V2'].some((name) =>
    isTrue(process.env[name]),
  )
  const isChosen = ['LANGSMITH_TRACING_MODE', 'LANGSMITH_OTEL_ENABLED', 'OTEL_ENABLED'].some(
    (name) => process.env[name] !== undefined,
  )
  if (isOn && !isChosen) process.env['LANGSMITH_TRACING_MODE'] = 'hybrid'
  return isOn
}

type Candidate = [level: Level, name: string, value: string | undefined]

function standard(name: string, value: string | undefined): Candidate {
  return [levels.standard, name, value]
}

function first(candidates: readonly Candidate[]): Leveled<string> | undefined {
  for (const [level, name, value] of candidates) {
    if (typeof value === 'string' && value.trim() !== '') return { level, name, value: value.trim() }
  }
  return undefined
}

interface Weighing {
  options: SetupOptions
  env: Environment
  warnings: string[]
}

function readEndpoint({ options, env, warnings }: Weighing): Leveled<string> {
  const candidates: Candidate[] = [
    [levels.own, 'option endpoint', options.endpoint],
    [levels.own, 'CLEW_OTLP_ENDPOINT', env['CLEW_OTLP_ENDPOINT']],
    [levels.compatible, 'CATALYST_OTLP_ENDPOINT', env['CATALYST_OTLP_ENDPOINT']],
    standard('OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', env['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT']),
    standard('OTEL_EXPORTER_OTLP_ENDPOINT', env['OTEL_EXPORTER_OTLP_ENDPOINT']),
    [levels.legacy, 'OTLP_ENDPOINT', env['OTLP_ENDPOINT']],
  ]
  for (const candidate of candidates) {
    const found = first([candidate])
    if (found === undefined) continue
    const url = toBaseUrl(found.value)
    if (url !== undefined) return { ...found, value: url }
    warnings.push(`${found.name} is not an http(s) URL and is ignored.`)
  }
  return { value: loopback, level: levels.default, name: 'default' }
}

/** A token or header goes only to an endpoint that was given at the same or a more trusted level. */
function readHeaders({ options, env, endpoint, warnings }: Weighing & { endpoint: Leveled<string> }): {
  [name: string]: string
} {
  const mayReceive = (level: Level): boolean => endpoint.level === levels.default || endpoint.level <= level
  const headers: { [name: string]: string } = {}
  const otelHeaders = parsePairs(
    env['OTEL_EXPORTER_OTLP_TRACES_HEADERS'] ?? env['OTEL_EXPORTER_OTLP_HEADERS'],
    safeDecode,
  )
  if (Object.keys(otelHeaders).length > 0) {
    if (mayReceive(levels.standard)) Object.assign(headers, otelHeaders)
    else warnings.push(withheld('OTEL_EXPORTER_OTLP_HEADERS', endpoint))
  }
  const tokens: Candidate[] = [
    [levels.own, 'option token', options.token],
    [levels.own, 'CLEW_OTLP_TOKEN', env['CLEW_OTLP_TOKEN']],
    [levels.compatible, 'CATALYST_OTLP_TOKEN', env['CATALYST_OTLP_TOKEN']],
    [levels.legacy, 'OTLP_INGEST_TOKEN', env['OTLP_INGEST_TOKEN']],
  ]
  for (const candidate of tokens) {
    const token = first([candidate])
    if (token === undefined) continue
    if (!mayReceive(token.level)) {
      warnings.push(withheld(token.name, endpoint))
      continue
    }
    headers['authorization'] = `Bearer ${token.value}`
    break
  }
  if (options.headers !== undefined) {
    const own = Object.entries(options.headers).map(([name, value]) => [name.toLowerCase(), value])
    if (mayReceive(levels.own)) Object.assign(headers, Object.fromEntries(own))
    else warnings.push(withheld('option headers', endpoint))
  }
  return headers
}

function withheld(name: string, endpoint: Leveled<string>): string {
  return `${name} is withheld: the endpoint comes from ${endpoint.name}, which is less trusted. Give both in the same place.`
}

function toBaseUrl(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined
  const url = new URL(text)
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return undefined
  const path = url.pathname.replace(/\/+$/, '').replace(/\/v1\/(?:traces|logs|metrics)$/, '')
  return `${url.protocol}//${url.username === '' ? '' : `${url.username}:${url.password}@`}${url.host}${path}`
}

/** `a=1,b=2`, as OpenTelemetry's environment variables carry lists. */
function parsePairs(text: string | undefined, decode: (text: string) => string): { [name: string]: string } {
  const pairs = (text ?? '').split(',').flatMap((pair): [string, string][] => {
    const at = pair.indexOf('=')
    const name = pair.slice(0, at).trim()
    return at <= 0 || name === '' ? [] : [[name, decode(pair.slice(at + 1).trim())]]
  })
  return Object.fromEntries(pairs)
}

function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function isTrue(text: string | undefined): boolean {
  return text !== undefined && /^(?:1|true|yes|on)$/i.test(text.trim())
}
