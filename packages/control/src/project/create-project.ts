import { fail, ok } from '@clew/domain'
import type { Result } from '@clew/domain'
import { z } from 'zod'
import { mutate } from '../audit/mutate.ts'
import { authorise } from '../authorise.ts'
import type { Control } from '../control.ts'
import type { ControlFailure } from '../failure.ts'
import { nameInput, parseInput } from '../parse-input.ts'
import type { Principal } from '../principal.ts'
import { insertProject } from './insert-project.ts'
import type { Project } from './project.ts'

export const createProjectInput = z.strictObject({
  name: nameInput,
  /** Made of the name when absent. */
  slug: z
    .string()
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'lower-case letters, digits and single dashes only')
    .max(60)
    .optional(),
})

/** Adds a project to the principal's organisation. Needs `admin`. */
export async function createProject(
  control: Control,
  principal: Principal,
  input: z.input<typeof createProjectInput>,
): Promise<Result<Project, ControlFailure>> {
  const access = authorise(principal, { scope: 'admin' })
  if (!access.ok) return access
  const wanted = parseInput(createProjectInput, input)
  if (!wanted.ok) return wanted
  const { name, slug } = wanted.value
  const { organisationId } = access.value
  return await mutate(control, principal, async (tx) => {
    const project = await insertProject(tx, {
      organisationId,
      name,
      ...(slug !== undefined && { slug }),
      setBy: principal.label,
      atMs: control.clock(),
    })
    if (project === undefined) return fail({ code: 'conflict', message: 'this slug is taken', field: 'slug' })
    const target = { type: 'project', id: project.id, label: project.name }
    return ok({
      value: project,
      note: { action: 'project.create', target, projectId: project.id, detail: { slug: project.slug } },
    })
  })
}
