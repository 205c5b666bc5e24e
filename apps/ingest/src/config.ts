import { fail, type Result } from '@clew/domain'
import { readConfig, type Config, type ConfigFailure } from '@clew/runtime'

export interface ServiceConfig extends Config {
  secret: string
}

/** The only reader of this service's environment. It shares its secret with others, so it can't make one up. */
export function readServiceConfig(): Result<ServiceConfig, ConfigFailure> {
  const config = readConfig(process.env)
  if (!config.ok) return config
  const { secret } = config.value
  if (secret !== undefined) return { ok: true, value: { ...config.value, secret } }
  return fail({ code: 'invalid-config', message: 'CLEW_SECRET should be set: at least 32 characters' })
}
