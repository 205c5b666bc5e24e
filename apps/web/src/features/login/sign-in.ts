import { fail, ok } from '@clew/domain'
import type { Result } from '@clew/domain'

/** Signs in; the session comes as a cookie that no script can read. */
export async function signIn(credentials: {
  email: string
  password: string
}): Promise<Result<void, { code: 'refused' | 'limited' | 'unreachable'; message: string }>> {
  const response = await fetch('/api/auth/sign-in/email', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(credentials),
  }).catch(() => undefined)
  if (response === undefined || response.status >= 500) {
    return fail({ code: 'unreachable', message: 'Clew did not answer. Try again in a moment.' })
  }
  if (response.ok) return ok(undefined)
  if (response.status === 429) {
    return fail({ code: 'limited', message: 'Too many tries. Wait a minute, then try again.' })
  }
  return response.status === 403
    ? fail({ code: 'refused', message: 'This address is not the one that Clew trusts; see CLEW_PUBLIC_URL.' })
    : fail({ code: 'refused', message: 'E-mail and password don’t match.' })
}
