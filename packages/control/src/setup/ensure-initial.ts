import { tables } from '@clew/db'
import type { Transaction } from '@clew/db'
import { fail, ok } from '@clew/domain'
import type { OrganisationId, ProjectId, Result } from '@clew/domain'
import { eq } from 'drizzle-orm'
import { z } from 'zod'
import { hashSecret } from '../api-key/hash-secret.ts'
import { insertApiKey } from '../api-key/insert-api-key.ts'
import { raiseEpoch, writeAudit } from '../audit/mutate.ts'
import type { AuditNote } from '../audit/mutate.ts'
import type { Control } from '../control.ts'
import type { ControlFailure } from '../failure.ts'
import { nameInput, parseInput } from '../parse-input.ts'
import type { Project } from '../project/project.ts'
import { ensureOrganisation } from './ensure-organisation.ts'
import { ensureProject } from './ensure-project.ts'
import { insertOwner } from './insert-owner.ts'
import { emailInput, passwordInput } from './sign-up-input.ts'

export const apiKeyLengthMin = 24

const ensureInitialInput = z.strictObject({
  adminEmail: emailInput.optional(),
  adminPassword: passwordInput.optional(),
  project: nameInput.optional(),
  apiKey: z
    .string()
    .min(apiKeyLengthMin, `must have at least ${apiKeyLengthMin} characters`)
    .max(512)
    // What an HTTP header carries unchanged.
    .regex(/^[!-~]([ -~]*[!-~])?$/, 'must be printable ASCII, without a space at either end')
    .optional(),
})
type Wanted = z.output<typeof ensureInitialInput>

// What the operator knows each field by.
const variableNames: Record<string, string> = {
  adminEmail: 'CLEW_INIT_ADMIN_EMAIL',
  adminPassword: 'CLEW_INIT_ADMIN_PASSWORD',
  project: 'CLEW_INIT_PROJECT',
  apiKey: 'CLEW_INIT_API_KEY',
}
const actor = { kind: 'system' as const, id: 'system', label: 'first start' }
const defaultProject = 'Default'

/**
 * Sees to it that the person, the project and the key of the environment exist. What exists already is left as it
 * is, a changed password and a revoked key included, so that it may run at every start.
 */
export async function ensureInitial(
  control: Control,
  input: { adminEmail?: string; adminPassword?: string; project?: string; apiKey?: string },
): Promise<Result<{ projectId?: ProjectId }, ControlFailure>> {
  const wanted = parseWanted(input)
  if (!wanted.ok) return wanted
  const { adminEmail, adminPassword, project, apiKey } = wanted.value
  if (adminEmail === undefined && project === undefined && apiKey === undefined) return ok({})
  const passwordHash = adminPassword === undefined ? '' : await control.auth.hashPassword(adminPassword)
  const projectId = await control.db.orm.transaction(
    async (tx) => await ensureAll(tx, { wanted: wanted.value, passwordHash, atMs: control.clock() }),
  )
  control.memory.forget()
  return ok({ projectId })
}

function parseWanted(input: unknown): Result<Wanted, ControlFailure> {
  const parsed = parseInput(ensureInitialInput, input)
  if (!parsed.ok) {
    const { field = '', message } = parsed.error
    const name = variableNames[field] ?? field
    return fail({ code: 'invalid', message: message.replace(`${field}:`, name), field: name })
  }
  const { adminEmail, adminPassword } = parsed.value
  if ((adminEmail === undefined) !== (adminPassword === undefined)) {
    const field = adminEmail === undefined ? 'CLEW_INIT_ADMIN_EMAIL' : 'CLEW_INIT_ADMIN_PASSWORD'
    return fail({ code: 'invalid', message: `${field} is missing: e-mail and password go together`, field })
  }
  return parsed
}

async function ensureAll(
  tx: Transaction,
  to: { wanted: Wanted; passwordHash: string; atMs: number },
): Promise<ProjectId> {
  const { wanted, passwordHash, atMs } = to
  const organisationId = await ensureOrganisation(tx, atMs)
  const notes: AuditNote[] = []
  const name = wanted.project ?? defaultProject
  const { project, isNew } = await ensureProject(tx, { organisationId, name, setBy: actor.label, atMs })
  if (isNew) notes.push(noteOfProject(project))
  if (wanted.adminEmail !== undefined) {
    const email = wanted.adminEmail
    notes.push(...(await ensureOwner(tx, { organisationId, email, passwordHash, atMs })))
  }
  if (wanted.apiKey !== undefined) {
    const secret = wanted.apiKey
    notes.push(...(await ensureKey(tx, { organisationId, projectId: project.id, secret, atMs })))
  }
  for (const note of notes) await writeAudit(tx, { actor, organisationId, atMs, note })
  if (notes.length > 0) await raiseEpoch(tx)
  return project.id
}

function noteOfProject(project: Project): AuditNote {
  const target = { type: 'project', id: project.id, label: project.name }
  return { action: 'project.create', target, projectId: project.id, detail: { slug: project.slug } }
}

async function ensureOwner(
  tx: Transaction,
  owner: { organisationId: OrganisationId; email: string; passwordHash: string; atMs: number },
): Promise<AuditNote[]> {
  const { email } = owner
  const { person } = tables
  const existing = await tx.select({ id: person.id }).from(person).where(eq(person.email, email))
  if (existing.length > 0) return []
  const name = email.slice(0, email.indexOf('@'))
  const id = await insertOwner(tx, { ...owner, name })
  return [
    { action: 'person.create', target: { type: 'person', id, label: email }, detail: { role: 'owner' } },
  ]
}

async function ensureKey(
  tx: Transaction,
  wanted: { organisationId: OrganisationId; projectId: ProjectId; secret: string; atMs: number },
): Promise<AuditNote[]> {
  const { projectId, secret } = wanted
  const { apiKey } = tables
  const existing = await tx
    .select({ id: apiKey.id })
    .from(apiKey)
    .where(eq(apiKey.sha256, hashSecret(secret)))
  if (existing.length > 0) return []
  const key = await insertApiKey(tx, {
    ...wanted,
    name: 'Key of the environment',
    scopes: ['ingest', 'read'],
    createdBy: actor.label,
  })
  if (key === undefined) return []
  const target = { type: 'api-key', id: key.id, label: `${key.name} (…${key.hint})` }
  return [{ action: 'api-key.create', target, projectId, detail: { scopes: key.scopes } }]
}
