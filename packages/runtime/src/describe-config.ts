import type { Config } from './config.ts'

/** The effective configuration as one flat record that is safe to print: secrets and passwords are masked. */
export function describeConfig(config: Config): Record<string, string | number> {
  return {
    host: config.host,
    port: config.port,
    otlpPort: config.otlpPort ?? 'off',
    dataDir: config.dataDir,
    publicUrl: config.publicUrl ?? 'follows host and port',
    database: maskUrl(config.databaseUrl),
    clickhouse: maskUrl(config.clickhouseUrl),
    secret: config.secret === undefined ? 'kept in the data folder' : '****',
    logLevel: config.logLevel,
    ...config.ingest,
    ...(config.forward === undefined
      ? {}
      : {
          forward: maskUrl(config.forward.url),
          forwardHeaders: Object.keys(config.forward.headers).join(','),
        }),
    shutdownMs: config.shutdownMs,
    ...(config.trustedOrigins.length === 0 ? {} : { trustedOrigins: config.trustedOrigins.join(',') }),
    ...(config.initial.adminEmail === undefined ? {} : { initAdminEmail: config.initial.adminEmail }),
    ...(config.initial.apiKey === undefined ? {} : { initApiKey: '****' }),
  }
}

/** Hides the password of a URL; anything that isn't a URL with credentials comes back as it is. */
export function maskUrl(url: string): string {
  return url
    .replace(/^([a-z+]+:\/\/[^/?#]*?):[^@]*@/i, '$1:****@')
    .replace(/([?&]password=)[^&]*/gi, '$1****')
}
