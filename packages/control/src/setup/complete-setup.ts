import { tables } from '@clew/db'
import type { Transaction } from '@clew/db'
import { fail, ok } from '@clew/domain'
import type { Result } from '@clew/domain'
import { z } from 'zod'
import type { CreatedApiKey } from '../api-key/create-api-key.ts'
import { createSecret } from '../api-key/create-secret.ts'
import { insertApiKey } from '../api-key/insert-api-key.ts'
import { raiseEpoch, writeAudit } from '../audit/mutate.ts'
import type { Control } from '../control.ts'
import type { ControlFailure } from '../failure.ts'
import { nameInput, parseInput } from '../parse-input.ts'
import type { Scope } from '../principal.ts'
import type { Project } from '../project/project.ts'
import { ensureOrganisation } from './ensure-organisation.ts'
import { ensureProject } from './ensure-project.ts'
import { isFirstRunToken } from './first-run-token.ts'
import { insertOwner } from './insert-owner.ts'
import { emailInput, passwordInput } from './sign-up-input.ts'

export const completeSetupInput = z.strictObject({
  token: z.string(),
  email: emailInput,
  password: passwordInput,
  name: nameInput,
  projectName: nameInput,
})

export interface CompletedSetup {
  project: Project
  key: CreatedApiKey
  /** Whole Set-Cookie values that sign the new person in. */
  setCookies: string[]
}

const firstKeyScopes: readonly Scope[] = ['ingest', 'read']

/** Makes the first person with an organisation, a project and a key. The token serves once. */
export async function completeSetup(
  control: Control,
  input: z.input<typeof completeSetupInput>,
): Promise<Result<CompletedSetup, ControlFailure>> {
  // The token first: whoever lacks it learns nothing, and costs no password hash.
  if (!isFirstRunToken(control, input.token)) return wrongToken
  const wanted = parseInput(completeSetupInput, input)
  if (!wanted.ok) return wanted
  const { email, password, name, projectName } = wanted.value
  const passwordHash = await control.auth.hashPassword(password)
  const atMs = control.clock()
  const made = await control.db.orm.transaction(
    async (tx) => await insertFirst(tx, { email, name, projectName, passwordHash, atMs }),
  )
  if (made === undefined) return wrongToken
  control.memory.forget()
  return ok({ ...made, setCookies: await control.auth.signIn({ email, password }) })
}

const wrongToken = fail({
  code: 'forbidden' as const,
  message: 'this set-up link is not valid, or Clew is set up already',
  field: 'token',
})

async function insertFirst(
  tx: Transaction,
  first: { email: string; name: string; projectName: string; passwordHash: string; atMs: number },
): Promise<Omit<CompletedSetup, 'setCookies'> | undefined> {
  const { email, name, projectName, passwordHash, atMs } = first
  const organisationId = await ensureOrganisation(tx, atMs)
  const people = await tx.select({ id: tables.person.id }).from(tables.person).limit(1)
  if (people.length > 0) return undefined
  const personId = await insertOwner(tx, { organisationId, email, name, passwordHash, atMs })
  const { project } = await ensureProject(tx, { organisationId, name: projectName, setBy: email, atMs })
  const secret = createSecret()
  const key = await insertApiKey(tx, {
    organisationId,
    projectId: project.id,
    name: 'First key',
    secret,
    scopes: firstKeyScopes,
    createdBy: email,
    atMs,
  })
  if (key === undefined) throw new Error('a fresh secret was stored already')
  await tx.update(tables.instance).set({ setupCompletedAt: new Date(atMs) })
  await writeAudit(tx, {
    actor: { kind: 'person', id: personId, label: email },
    organisationId,
    atMs,
    note: {
      action: 'setup.complete',
      target: { type: 'organisation', id: organisationId },
      projectId: project.id,
      detail: { project: project.slug, key: key.id },
    },
  })
  await raiseEpoch(tx)
  return { project, key: { key, secret } }
}
