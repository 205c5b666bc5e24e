import { tables } from '@clew/db'
import { ok } from '@clew/domain'
import type { Result } from '@clew/domain'
import { and, eq } from 'drizzle-orm'
import { z } from 'zod'
import { authorise } from '../authorise.ts'
import type { Control } from '../control.ts'
import type { ControlFailure } from '../failure.ts'
import { parseInput, projectIdInput } from '../parse-input.ts'
import type { Principal } from '../principal.ts'
import { loadPriceOverrides } from './load-price-overrides.ts'
import type { ProjectPrice } from './price-override.ts'

export const listPriceOverridesInput = z.strictObject({ projectId: projectIdInput })

/** The prices that a project has set for itself, newest in force first. Needs `read`. */
export async function listPriceOverrides(
  control: Control,
  principal: Principal,
  input: z.input<typeof listPriceOverridesInput>,
): Promise<Result<ProjectPrice[], ControlFailure>> {
  const wanted = parseInput(listPriceOverridesInput, input)
  if (!wanted.ok) return wanted
  const { projectId } = wanted.value
  const access = authorise(principal, { scope: 'read', projectId })
  if (!access.ok) return access
  const { project } = tables
  const [owned] = await control.db.orm
    .select({ id: project.id })
    .from(project)
    .where(and(eq(project.id, projectId), eq(project.organisationId, access.value.organisationId)))
  return ok(owned === undefined ? [] : await loadPriceOverrides(control.db, projectId))
}
