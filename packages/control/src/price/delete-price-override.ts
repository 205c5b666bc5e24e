import { tables } from '@clew/db'
import { fail, ok } from '@clew/domain'
import type { Result } from '@clew/domain'
import { and, eq } from 'drizzle-orm'
import { z } from 'zod'
import { mutate } from '../audit/mutate.ts'
import { authorise } from '../authorise.ts'
import type { Control } from '../control.ts'
import type { ControlFailure } from '../failure.ts'
import { parseInput, projectIdInput } from '../parse-input.ts'
import type { Principal } from '../principal.ts'
import { toProjectPrice } from './price-override.ts'
import type { ProjectPrice } from './price-override.ts'

export const deletePriceOverrideInput = z.strictObject({
  projectId: projectIdInput,
  priceId: z.uuid('not the id of a price'),
})

/** Takes back a price: spans to come are priced by what stood before it, stored ones keep theirs. Needs `write`. */
export async function deletePriceOverride(
  control: Control,
  principal: Principal,
  input: z.input<typeof deletePriceOverrideInput>,
): Promise<Result<ProjectPrice, ControlFailure>> {
  const wanted = parseInput(deletePriceOverrideInput, input)
  if (!wanted.ok) return wanted
  const { projectId, priceId } = wanted.value
  const access = authorise(principal, { scope: 'write', projectId })
  if (!access.ok) return access
  return await mutate(control, principal, async (tx) => {
    const { priceOverride, project } = tables
    const [found] = await tx
      .select({ price: priceOverride })
      .from(priceOverride)
      .innerJoin(project, eq(project.id, priceOverride.projectId))
      .where(
        and(
          eq(priceOverride.id, priceId),
          eq(project.id, projectId),
          eq(project.organisationId, access.value.organisationId),
        ),
      )
      .for('update', { of: priceOverride })
    if (found === undefined) return fail({ code: 'not-found', message: 'there is no such price' })
    await tx.delete(priceOverride).where(eq(priceOverride.id, priceId))
    const value = toProjectPrice(found.price)
    const { id, setBy: _setBy, setAt: _setAt, ...detail } = value
    const target = { type: 'price', id, label: value.model }
    return ok({ value, note: { action: 'price.delete', target, projectId, detail } })
  })
}
