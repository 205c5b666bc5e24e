import { readConfig, type Config, type ConfigFailure } from '@clew/runtime'
import type { Result } from '@clew/domain'

export interface StandaloneConfig extends Config {
  /** Builds pages as they are asked for, and reloads them as they change. */
  isDev: boolean
}

/** The only reader of this process's environment. */
export function readStandaloneConfig(): Result<StandaloneConfig, ConfigFailure> {
  const env = process.env
  const config = readConfig(env)
  if (!config.ok) return config
  return { ok: true, value: { ...config.value, isDev: env['CLEW_DEV'] === '1' } }
}

/** Next reads these from the environment as it loads, so they are set before. */
export function prepareEnvironment({ isDev }: { isDev: boolean }): void {
  Object.assign(process.env, {
    NODE_ENV: isDev ? 'development' : 'production',
    NEXT_TELEMETRY_DISABLED: '1',
  })
}
