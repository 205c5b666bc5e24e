import { tables } from '@clew/db'
import { fail, ok } from '@clew/domain'
import type { Result } from '@clew/domain'
import { and, desc, eq } from 'drizzle-orm'
import { z } from 'zod'
import { authorise } from '../authorise.ts'
import type { Control } from '../control.ts'
import type { ControlFailure } from '../failure.ts'
import { parseInput, projectIdInput } from '../parse-input.ts'
import type { Principal } from '../principal.ts'
import { toPolicy } from './load-policies.ts'
import type { ProjectPolicy } from './load-policies.ts'

export const getRetentionPolicyInput = z.strictObject({ projectId: projectIdInput })

/** A project's policy and those before it. */
export interface PolicyWithHistory {
  policy: ProjectPolicy
  /** Newest first, the one in force included. */
  history: ProjectPolicy[]
}

/** What a project keeps, and what it kept before. Needs `read`. */
export async function getRetentionPolicy(
  control: Control,
  principal: Principal,
  input: z.input<typeof getRetentionPolicyInput>,
): Promise<Result<PolicyWithHistory, ControlFailure>> {
  const wanted = parseInput(getRetentionPolicyInput, input)
  if (!wanted.ok) return wanted
  const { projectId } = wanted.value
  const access = authorise(principal, { scope: 'read', projectId })
  if (!access.ok) return access
  const { project, projectPolicy } = tables
  const rows = await control.db.orm
    .select({ policy: projectPolicy })
    .from(projectPolicy)
    .innerJoin(project, eq(project.id, projectPolicy.projectId))
    .where(and(eq(project.id, projectId), eq(project.organisationId, access.value.organisationId)))
    .orderBy(desc(projectPolicy.inForceFrom), desc(projectPolicy.id))
  const history = rows.map((row) => toPolicy(row.policy))
  const [policy] = history
  if (policy === undefined) return fail({ code: 'not-found', message: 'there is no such project' })
  return ok({ policy, history })
}
