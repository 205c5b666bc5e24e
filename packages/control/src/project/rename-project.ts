import { tables } from '@clew/db'
import { fail, ok } from '@clew/domain'
import type { Result } from '@clew/domain'
import { and, eq } from 'drizzle-orm'
import { z } from 'zod'
import { mutate } from '../audit/mutate.ts'
import { authorise } from '../authorise.ts'
import type { Control } from '../control.ts'
import type { ControlFailure } from '../failure.ts'
import { nameInput, parseInput, projectIdInput } from '../parse-input.ts'
import type { Principal } from '../principal.ts'
import { toProject } from './project.ts'
import type { Project } from './project.ts'

export const renameProjectInput = z.strictObject({ projectId: projectIdInput, name: nameInput })

/** Changes what a project is called; its slug, and so its address, stays. Needs `admin`. */
export async function renameProject(
  control: Control,
  principal: Principal,
  input: z.input<typeof renameProjectInput>,
): Promise<Result<Project, ControlFailure>> {
  const wanted = parseInput(renameProjectInput, input)
  if (!wanted.ok) return wanted
  const { projectId, name } = wanted.value
  const access = authorise(principal, { scope: 'admin', projectId })
  if (!access.ok) return access
  const { project } = tables
  const ours = and(eq(project.id, projectId), eq(project.organisationId, access.value.organisationId))
  return await mutate(control, principal, async (tx) => {
    const [before] = await tx.select().from(project).where(ours).for('update')
    if (before === undefined) return fail({ code: 'not-found', message: 'there is no such project' })
    if (before.name === name) return ok({ value: toProject(before) })
    await tx.update(project).set({ name }).where(ours)
    return ok({
      value: toProject({ ...before, name }),
      note: {
        action: 'project.rename',
        target: { type: 'project', id: projectId, label: name },
        projectId,
        detail: { from: before.name, to: name },
      },
    })
  })
}
