/** What became of one library: `patched` only where calls through it are recorded. */
export interface InstallResult {
  name: string
  state: 'patched' | 'notFound' | 'wrongCopy' | 'failed'
  version?: string
  /** Why, and what to do, where it isn't patched. */
  reason?: string
}
