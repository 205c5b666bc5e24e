import { tables } from '@clew/db'
import { fail, isRetentionDays, ok, retentionClasses } from '@clew/domain'
import type { RetentionDays, Result } from '@clew/domain'
import { and, desc, eq } from 'drizzle-orm'
import { z } from 'zod'
import { mutate } from '../audit/mutate.ts'
import { authorise } from '../authorise.ts'
import type { Control } from '../control.ts'
import type { ControlFailure } from '../failure.ts'
import { parseInput, projectIdInput } from '../parse-input.ts'
import type { Principal } from '../principal.ts'
import { contentAccesses, toPolicy } from './load-policies.ts'
import type { ProjectPolicy } from './load-policies.ts'

const days = z.number().transform((value, context): RetentionDays => {
  if (isRetentionDays(value)) return value
  context.addIssue({ code: 'custom', message: `must be one of ${retentionClasses.join(', ')}` })
  return z.NEVER
})

export const updateRetentionPolicyInput = z
  .strictObject({
    projectId: projectIdInput,
    metadataDays: days,
    contentDays: days,
    /** Absent: as it is. */
    contentAccess: z.enum(contentAccesses).optional(),
  })
  .refine((policy) => policy.contentDays <= policy.metadataDays, {
    path: ['contentDays'],
    message: 'content cannot be kept longer than metadata',
  })

/** Sets what a project keeps from now on; what was in force before stays in its history. Needs `admin`. */
export async function updateRetentionPolicy(
  control: Control,
  principal: Principal,
  input: z.input<typeof updateRetentionPolicyInput>,
): Promise<Result<ProjectPolicy, ControlFailure>> {
  const wanted = parseInput(updateRetentionPolicyInput, input)
  if (!wanted.ok) return wanted
  const { projectId, metadataDays, contentDays } = wanted.value
  const access = authorise(principal, { scope: 'admin', projectId })
  if (!access.ok) return access
  const { project, projectPolicy } = tables
  return await mutate(control, principal, async (tx) => {
    const [owner] = await tx
      .select({ name: project.name })
      .from(project)
      .where(and(eq(project.id, projectId), eq(project.organisationId, access.value.organisationId)))
      .for('update')
    const [before] = await tx
      .select()
      .from(projectPolicy)
      .where(eq(projectPolicy.projectId, projectId))
      .orderBy(desc(projectPolicy.inForceFrom), desc(projectPolicy.id))
      .limit(1)
    if (owner === undefined || before === undefined) {
      return fail({ code: 'not-found', message: 'there is no such project' })
    }
    const contentAccess = wanted.value.contentAccess ?? before.contentAccess
    const next = { metadataDays, contentDays, contentAccess }
    const previous = {
      metadataDays: before.metadataDays,
      contentDays: before.contentDays,
      contentAccess: before.contentAccess,
    }
    if (JSON.stringify(next) === JSON.stringify(previous)) return ok({ value: toPolicy(before) })
    // Never at or before the previous one, or clocks that differ would change which of the two is in force.
    const inForceFrom = new Date(Math.max(control.clock(), before.inForceFrom.getTime() + 1))
    const row = { projectId, ...next, inForceFrom, setBy: principal.label }
    const [after] = await tx.insert(projectPolicy).values(row).returning()
    if (after === undefined) throw new Error('an insert returned no row')
    const target = { type: 'project', id: projectId, label: owner.name }
    const detail = { from: previous, to: next }
    return ok({ value: toPolicy(after), note: { action: 'retention.update', target, projectId, detail } })
  })
}
