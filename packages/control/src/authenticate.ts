import type { Result } from '@clew/domain'
import type { Control } from './control.ts'
import type { Principal } from './principal.ts'

/** `headers` as fetch or node:http give them. */
export type RequestHeaders = Headers | Record<string, string | string[] | undefined>

export interface AuthenticationFailure {
  /** `unavailable` when the database cannot be asked and nothing recent is known: answer 503. */
  code: 'missing' | 'unknown-key' | 'revoked-key' | 'expired-key' | 'unavailable'
  message: string
  /** The last four characters of the refused key. */
  hint?: string
}

/** Finds who asks: Bearer, Basic `pk:sk`, `x-api-key`, or else the session cookie. */
export async function authenticate(
  _control: Control,
  _headers: RequestHeaders,
): Promise<Result<Principal, AuthenticationFailure>> {
  throw new Error('not implemented')
}
