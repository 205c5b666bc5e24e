import { join, resolve } from 'node:path'
import { fail, ok, type Result } from '@clew/domain'
import { z } from 'zod'
import { logLevels, type LogFormat, type LogLevel } from './logger.ts'

export interface InitialSetup {
  adminEmail?: string
  adminPassword?: string
  project?: string
  apiKey?: string
}

/** What the operator sets of the ingest's limits; what is absent is left to its defaults. */
export interface IngestSettings {
  keyRequestsPerMinute?: number
  keyBytesPerMinute?: number
  spoolBytesMax?: number
}

/** The one other collector that everything stored is sent to as well. */
export interface ForwardTarget {
  /** `/v1/traces` and `/v1/logs` are below it. */
  url: string
  headers: Readonly<Record<string, string>>
}

/** What every Clew process is told by its environment; paths are absolute, URLs carry no trailing slash. */
export interface Config {
  host: string
  port: number
  otlpHost: string
  /** Absent when OTLP is served on the main port alone. */
  otlpPort?: number
  dataDir: string
  /** Absent when it follows host and port. */
  publicUrl?: string
  trustedOrigins: string[]
  /** Absent when the process generates and keeps its own. */
  secret?: string
  databaseUrl: string
  clickhouseUrl: string
  initial: InitialSetup
  ingest: IngestSettings
  /** Absent when nothing is forwarded. */
  forward?: ForwardTarget
  logLevel: LogLevel
  logFormat?: LogFormat
  shutdownMs: number
}

export interface ConfigFailure {
  code: 'invalid-config'
  message: string
}

/** The exit code of a process that was configured wrongly; EX_CONFIG of sysexits.h. */
export const exitCodeConfig = 78

const port = z
  .string()
  .regex(/^\d{1,5}$/)
  .transform(Number)
  .pipe(z.number().max(65_535))
const httpUrl = z.url({ protocol: /^https?$/ }).transform((value) => value.replace(/\/+$/, ''))
const text = z.string().trim().min(1)
const count = z
  .string()
  .regex(/^[1-9]\d{0,14}$/)
  .transform(Number)

/** `name=value,name=value`, values percent-encoded, as `OTEL_EXPORTER_OTLP_HEADERS` has them. */
const headers = z.string().transform((value, context): Record<string, string> => {
  const pairs = value.split(',').map((pair) => /^\s*([\w-]+)\s*=\s*(.*?)\s*$/.exec(pair))
  const named = pairs.flatMap((pair) => (pair === null ? [] : [[pair[1] ?? '', decoded(pair[2] ?? '')]]))
  if (named.length === pairs.length) return Object.fromEntries(named)
  context.addIssue({ code: 'custom', message: 'not headers' })
  return z.NEVER
})

const environment = z.object({
  CLEW_HOST: text.default('127.0.0.1'),
  CLEW_PORT: port.default(4000),
  CLEW_OTLP_PORT: z.union([z.literal('off'), port]).default(4318),
  CLEW_DATA_DIR: text.default('.clew'),
  CLEW_PUBLIC_URL: httpUrl.optional(),
  CLEW_TRUSTED_ORIGINS: text
    .transform((value) => value.split(',').map((origin) => origin.trim()))
    .pipe(z.array(httpUrl))
    .default([]),
  CLEW_SECRET: z.string().min(32).optional(),
  CLEW_DATABASE_URL: z
    .string()
    .regex(/^(pglite:.+|postgres(ql)?:\/\/.+)$/)
    .optional(),
  CLEW_CLICKHOUSE_URL: z
    .string()
    .regex(/^(chdb:.+|https?:\/\/.+)$/)
    .optional(),
  CLEW_INIT_ADMIN_EMAIL: z.email().optional(),
  CLEW_INIT_ADMIN_PASSWORD: z.string().min(8).max(128).optional(),
  CLEW_INIT_PROJECT: text.max(100).optional(),
  CLEW_INIT_API_KEY: z.string().min(24).optional(),
  CLEW_INGEST_REQUESTS_PER_MINUTE: count.optional(),
  CLEW_INGEST_BYTES_PER_MINUTE: count.optional(),
  CLEW_SPOOL_BYTES: count.optional(),
  CLEW_FORWARD_URL: httpUrl.optional(),
  CLEW_FORWARD_HEADERS: headers.optional(),
  CLEW_LOG_LEVEL: z.enum(logLevels).default('info'),
  CLEW_LOG_FORMAT: z.enum(['json', 'human']).optional(),
  CLEW_SHUTDOWN_SECONDS: z
    .string()
    .regex(/^\d{1,3}$/)
    .transform(Number)
    .default(10),
})
type Environment = z.output<typeof environment>

const expectations: Readonly<Record<keyof Environment, string>> = {
  CLEW_HOST: 'an address to listen on, such as 127.0.0.1',
  CLEW_PORT: 'a port from 0 to 65535',
  CLEW_OTLP_PORT: 'a port from 0 to 65535, or "off"',
  CLEW_DATA_DIR: 'a folder',
  CLEW_PUBLIC_URL: 'an http:// or https:// URL',
  CLEW_TRUSTED_ORIGINS: 'http:// or https:// origins, separated by commas',
  CLEW_SECRET: 'at least 32 characters',
  CLEW_DATABASE_URL: 'postgres://user:password@host:port/database, or pglite:<folder>',
  CLEW_CLICKHOUSE_URL: 'http(s)://user:password@host:port/database, or chdb:<folder>',
  CLEW_INIT_ADMIN_EMAIL: 'an e-mail address',
  CLEW_INIT_ADMIN_PASSWORD: 'a password of 8 to 128 characters',
  CLEW_INIT_PROJECT: 'a name of at most 100 characters',
  CLEW_INIT_API_KEY: 'a key of at least 24 characters',
  CLEW_INGEST_REQUESTS_PER_MINUTE: 'a whole number of requests above 0',
  CLEW_INGEST_BYTES_PER_MINUTE: 'a whole number of bytes above 0',
  CLEW_SPOOL_BYTES: 'a whole number of bytes above 0',
  CLEW_FORWARD_URL: 'an http:// or https:// URL of another collector, without /v1/traces',
  CLEW_FORWARD_HEADERS: 'headers as name=value, separated by commas',
  CLEW_LOG_LEVEL: `one of ${logLevels.join(', ')}`,
  CLEW_LOG_FORMAT: 'json or human',
  CLEW_SHUTDOWN_SECONDS: 'whole seconds from 0 to 999',
}

/** Names of every variable that `readConfig` reads, for documents. */
export const configVariables: readonly string[] = Object.keys(expectations)

/** Reads the `CLEW_*` variables; a wrong value gives one line that names it, never its secret. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Result<Config, ConfigFailure> {
  const given = Object.fromEntries(configVariables.map((name) => [name, env[name] || undefined]))
  const parsed = environment.safeParse(given)
  if (!parsed.success) {
    const wrongName = String(parsed.error.issues[0]?.path[0])
    const expected = Object.entries(expectations).find(([name]) => name === wrongName)?.[1] ?? 'different'
    return wrong(`${wrongName} should be ${expected}${shown({ name: wrongName, given: given[wrongName] })}`)
  }
  const vars = parsed.data
  if ((vars.CLEW_INIT_ADMIN_EMAIL === undefined) !== (vars.CLEW_INIT_ADMIN_PASSWORD === undefined)) {
    return wrong('CLEW_INIT_ADMIN_EMAIL and CLEW_INIT_ADMIN_PASSWORD go together: set both or neither')
  }
  if (vars.CLEW_FORWARD_HEADERS !== undefined && vars.CLEW_FORWARD_URL === undefined) {
    return wrong('CLEW_FORWARD_HEADERS does nothing without CLEW_FORWARD_URL')
  }
  if (isOwnAddress(vars))
    return wrong('CLEW_FORWARD_URL should be another collector, and this is Clew itself')
  return ok(toConfig(vars))
}

function toConfig(vars: Environment): Config {
  const dataDir = resolve(vars.CLEW_DATA_DIR)
  return {
    host: vars.CLEW_HOST,
    port: vars.CLEW_PORT,
    otlpHost: vars.CLEW_HOST,
    ...(vars.CLEW_OTLP_PORT === 'off' ? {} : { otlpPort: vars.CLEW_OTLP_PORT }),
    dataDir,
    ...(vars.CLEW_PUBLIC_URL === undefined ? {} : { publicUrl: vars.CLEW_PUBLIC_URL }),
    trustedOrigins: vars.CLEW_TRUSTED_ORIGINS,
    ...(vars.CLEW_SECRET === undefined ? {} : { secret: vars.CLEW_SECRET }),
    databaseUrl: vars.CLEW_DATABASE_URL ?? `pglite:${join(dataDir, 'postgres')}`,
    clickhouseUrl: vars.CLEW_CLICKHOUSE_URL ?? `chdb:${join(dataDir, 'clickhouse')}`,
    initial: toInitial(vars),
    ingest: toIngest(vars),
    ...(vars.CLEW_FORWARD_URL === undefined
      ? {}
      : { forward: { url: vars.CLEW_FORWARD_URL, headers: vars.CLEW_FORWARD_HEADERS ?? {} } }),
    logLevel: vars.CLEW_LOG_LEVEL,
    ...(vars.CLEW_LOG_FORMAT === undefined ? {} : { logFormat: vars.CLEW_LOG_FORMAT }),
    shutdownMs: vars.CLEW_SHUTDOWN_SECONDS * 1000,
  }
}

function toInitial(vars: Environment): InitialSetup {
  const { CLEW_INIT_ADMIN_EMAIL, CLEW_INIT_ADMIN_PASSWORD, CLEW_INIT_PROJECT, CLEW_INIT_API_KEY } = vars
  return {
    ...(CLEW_INIT_ADMIN_EMAIL === undefined ? {} : { adminEmail: CLEW_INIT_ADMIN_EMAIL }),
    ...(CLEW_INIT_ADMIN_PASSWORD === undefined ? {} : { adminPassword: CLEW_INIT_ADMIN_PASSWORD }),
    ...(CLEW_INIT_PROJECT === undefined ? {} : { project: CLEW_INIT_PROJECT }),
    ...(CLEW_INIT_API_KEY === undefined ? {} : { apiKey: CLEW_INIT_API_KEY }),
  }
}

function toIngest(vars: Environment): IngestSettings {
  const { CLEW_INGEST_REQUESTS_PER_MINUTE, CLEW_INGEST_BYTES_PER_MINUTE, CLEW_SPOOL_BYTES } = vars
  return {
    ...(CLEW_INGEST_REQUESTS_PER_MINUTE === undefined
      ? {}
      : { keyRequestsPerMinute: CLEW_INGEST_REQUESTS_PER_MINUTE }),
    ...(CLEW_INGEST_BYTES_PER_MINUTE === undefined
      ? {}
      : { keyBytesPerMinute: CLEW_INGEST_BYTES_PER_MINUTE }),
    ...(CLEW_SPOOL_BYTES === undefined ? {} : { spoolBytesMax: CLEW_SPOOL_BYTES }),
  }
}

/** Forwarding to oneself would send everything round for ever. */
function isOwnAddress(vars: Environment): boolean {
  if (vars.CLEW_FORWARD_URL === undefined) return false
  const { host, hostname, port: named, protocol } = new URL(vars.CLEW_FORWARD_URL)
  if (vars.CLEW_PUBLIC_URL !== undefined && new URL(vars.CLEW_PUBLIC_URL).host === host) return true
  const hosts = [vars.CLEW_HOST, 'localhost', '127.0.0.1', '[::1]']
  const target = Number(named || (protocol === 'https:' ? 443 : 80))
  return hosts.includes(hostname) && [vars.CLEW_PORT, vars.CLEW_OTLP_PORT].includes(target)
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value)
  } catch {
    return value
  }
}

function wrong(message: string): Result<never, ConfigFailure> {
  return fail({ code: 'invalid-config', message })
}

const secretNames = /SECRET|PASSWORD|API_KEY|HEADERS|_URL$/

function shown({ name, given }: { name: string; given: string | undefined }): string {
  if (given === undefined || secretNames.test(name)) return ''
  return `, not ${JSON.stringify(given.length > 60 ? `${given.slice(0, 60)}…` : given)}`
}
