import type { SetupOptions } from './setup-options.ts'

const types: { [name in keyof SetupOptions]?: string } = {
  endpoint: 'string',
  token: 'string',
  serviceName: 'string',
  serviceVersion: 'string',
  environment: 'string',
  debug: 'boolean',
  modules: 'object',
  autoInstrument: 'boolean',
  headers: 'object',
  privacy: 'object',
  limits: 'object',
  exitHooks: 'boolean',
  onError: 'function',
}

/** Drops options of a wrong type and says so: a typing slip in plain JavaScript must not stop the app. */
export function sanitiseOptions(given: unknown): { options: SetupOptions; warnings: string[] } {
  if (given === undefined) return { options: {}, warnings: [] }
  if (typeof given !== 'object' || given === null)
    return { options: {}, warnings: ['setup() takes an object.'] }
  const options: SetupOptions = { ...given }
  const warnings: string[] = []
  for (const [name, type] of Object.entries(types)) {
    const value: unknown = Reflect.get(options, name)
    if (value === undefined) continue
    if (value !== null && typeof value === type) continue
    Reflect.deleteProperty(options, name)
    warnings.push(`setup({ ${name} }) is not a ${type} and is ignored.`)
  }
  return { options, warnings }
}
