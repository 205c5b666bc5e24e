import type { AuthenticationFailure, Principal } from '@clew/control'
import type { Result } from '@clew/domain'
import type { ApiDeps } from '../deps.ts'
import type { Live } from '../live/live.ts'

/** What every procedure is handed. */
export interface ApiContext extends ApiDeps {
  live: Live
  /** Tells callers apart without holding their secret. */
  credential: string
  authentication: Result<Principal, AuthenticationFailure>
  /** Asks again whether the caller is still who they were; streams do so while they run. */
  reauthenticate: () => Promise<Result<Principal, AuthenticationFailure>>
  setCookies(cookies: readonly string[]): void
}
