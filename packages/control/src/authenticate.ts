import { isUnavailable } from '@clew/db'
import { fail, ok } from '@clew/domain'
import type { Result } from '@clew/domain'
import { hashSecret } from './api-key/hash-secret.ts'
import type { KnownKey } from './api-key/load-key.ts'
import { cookiePrefix } from './auth/create-auth.ts'
import type { Control } from './control.ts'
import type { Principal } from './principal.ts'
import { readCredentials, readHeader } from './read-credentials.ts'
import type { RequestHeaders } from './read-credentials.ts'

export interface AuthenticationFailure {
  /** `unavailable` when the database cannot be asked and nothing recent is known: answer 503. */
  code: 'missing' | 'unknown-key' | 'revoked-key' | 'expired-key' | 'unavailable'
  message: string
  /** The last four characters of the refused key. */
  hint?: string
}

type Authenticated = Result<Principal, AuthenticationFailure>

const sessionCookie = new RegExp(String.raw`(?:^|;\s*)(?:__Secure-)?${cookiePrefix}\.session_token=`)
// A shorter key would be half given away by its last four characters.
const hintedLengthMin = 12

/** Finds who asks: Bearer, Basic `pk:sk`, `x-api-key`, or else the session cookie. */
export async function authenticate(control: Control, headers: RequestHeaders): Promise<Authenticated> {
  const credentials = readCredentials(headers, sessionCookie)
  try {
    switch (credentials.kind) {
      case 'none':
        return fail({ code: 'missing', message: 'no API key and no session came with the request' })
      case 'key':
        return await authenticateKey(control, credentials.candidates)
      case 'cookie':
        return await authenticatePerson(control, readHeader(headers, 'cookie') ?? '')
    }
  } catch (error) {
    if (!isUnavailable(error)) throw error
    return fail({ code: 'unavailable', message: 'keys and sessions cannot be checked at the moment' })
  }
}

async function authenticateKey(control: Control, candidates: string[]): Promise<Authenticated> {
  for (const secret of candidates) {
    const key = await control.memory.key(hashSecret(secret))
    if (key !== undefined) return await admitKey(control, key)
  }
  const [secret] = candidates
  return fail({
    code: 'unknown-key',
    message: 'there is no such API key',
    ...(secret !== undefined && secret.length >= hintedLengthMin && { hint: secret.slice(-4) }),
  })
}

async function admitKey(control: Control, key: KnownKey): Promise<Authenticated> {
  const { hint, projectId } = key
  const nowMs = control.clock()
  if (key.isRevoked) return fail({ code: 'revoked-key', message: 'this API key was revoked', hint })
  if (key.expiresAtMs !== undefined && key.expiresAtMs <= nowMs) {
    return fail({ code: 'expired-key', message: 'this API key has expired', hint })
  }
  control.usage.note(key.id, nowMs)
  const [policy] = (await control.memory.policies(projectId)) ?? []
  const isHidden = policy?.contentAccess !== 'readers'
  return ok({
    kind: 'key',
    id: key.id,
    organisationId: key.organisationId,
    projectIds: [projectId],
    scopes: key.scopes,
    mayReadContent: key.scopes.has('read') && !isHidden,
    contentHiddenIn: isHidden ? [projectId] : [],
    limits: key.limits,
    label: `${key.name} (…${hint})`,
  })
}

async function authenticatePerson(control: Control, cookie: string): Promise<Authenticated> {
  const session = await control.auth.readSession(new Headers({ cookie }))
  const access = session === undefined ? undefined : await control.memory.person(session.personId)
  if (session === undefined || access === undefined) {
    return fail({ code: 'missing', message: 'the session has ended' })
  }
  return ok({
    kind: 'person',
    id: session.personId,
    organisationId: access.organisationId,
    projectIds: access.projectIds,
    scopes: access.scopes,
    mayReadContent: access.scopes.has('read') && access.contentHiddenIn.length === 0,
    contentHiddenIn: access.contentHiddenIn,
    label: access.email,
  })
}
