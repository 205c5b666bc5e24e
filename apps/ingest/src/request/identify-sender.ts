import type { IncomingHttpHeaders } from 'node:http'
import {
  authenticate,
  authorise,
  noteRefusedKey,
  type Control,
  type KeyLimits,
  type Principal,
} from '@clew/control'
import { fail, ok, type OrganisationId, type ProjectId, type Result } from '@clew/domain'
import type { RequestFailure } from './request-failure.ts'

/** The project that a request's records belong to, and the key that sent them. */
export interface Sender {
  organisationId: OrganisationId
  projectId: ProjectId
  keyId: string
  /** The key's own; what it leaves open is up to the ingest. */
  limits: KeyLimits
}

/** Decides from the headers alone who sends, so that a stranger's body is never read. */
export async function identifySender(
  control: Control,
  headers: IncomingHttpHeaders,
): Promise<Result<Sender, RequestFailure>> {
  const principal = await authenticate(control, headers)
  if (!principal.ok) {
    const { code, message, hint } = principal.error
    if (code === 'unavailable') return fail({ code, message, retryAfterSeconds: 5 })
    if (code !== 'missing' && hint !== undefined) noteRefusedKey(control, { code, hint })
    return fail({ code: 'unauthenticated', message })
  }
  const projectId = onlyProjectOf(principal.value)
  if (projectId === undefined) {
    return fail({
      code: 'forbidden',
      message: 'Telemetry is sent with the API key of one project; this credential is not one',
    })
  }
  const access = authorise(principal.value, { scope: 'ingest', projectId })
  if (access.ok) {
    const { id, limits = {} } = principal.value
    return ok({ organisationId: access.value.organisationId, projectId, keyId: id, limits })
  }
  noteRefusedKey(control, { code: 'forbidden', hint: hintOf(principal.value) })
  return fail({ code: 'forbidden', message: access.error.message })
}

/** A session cookie would let any page of a browser write here, so only keys send. */
function onlyProjectOf({ kind, projectIds }: Principal): ProjectId | undefined {
  return kind === 'key' && projectIds !== 'all' && projectIds.length === 1 ? projectIds[0] : undefined
}

/** A key's label ends in its last four characters, in brackets. */
function hintOf({ label }: Principal): string {
  return /(.{4})\)$/.exec(label)?.[1] ?? '????'
}
