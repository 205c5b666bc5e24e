import { sdkState } from '../../provider/sdk-state.ts'

/** What became of one library: `patched` only where calls through it are recorded. */
export interface InstallResult {
  name: string
  state: 'patched' | 'notFound' | 'wrongCopy' | 'failed'
  version?: string
  /** Why, and what to do, where it isn't patched. */
  reason?: string
}

/** Runs an installation; a fault in it is contained and said. */
export function installSafely(name: string, install: () => InstallResult): InstallResult {
  const result = sdkState().reporter.guard(install)
  return result ?? { name, state: 'failed', reason: 'a fault while patching was contained' }
}

export function installed(name: string, version?: string): InstallResult {
  return { name, state: 'patched', ...(version === undefined ? {} : { version }) }
}

export function notInstalled(args: {
  name: string
  reason: string
  version?: string | undefined
}): InstallResult {
  const { name, reason, version } = args
  return { name, state: 'failed', reason, ...(version === undefined ? {} : { version }) }
}
