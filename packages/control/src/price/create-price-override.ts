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

const rate = z.number('must be a number').nonnegative('must not be below zero').max(1_000_000, 'is too large')
const name = z.string().trim().toLowerCase().min(1, 'must not be empty').max(200, 'is too long')

export const createPriceOverrideInput = z.strictObject({
  projectId: projectIdInput,
  /** A `*` at its end stands for any ending. */
  model: name.regex(/^[^*]+\*?$/, 'may have one * at its end'),
  /** Absent: whoever served the model. */
  provider: name.optional(),
  input: rate,
  output: rate,
  cacheRead: rate.optional(),
  cacheWrite: rate.optional(),
  reasoning: rate.optional(),
  /** Absent: from now on. Earlier than now it prices spans that are still to arrive; stored ones stay as they are. */
  inForceFrom: z.iso.datetime({ offset: true }).optional(),
})

/** Sets what a model costs a project from a moment on. Earlier prices stay in force for earlier spans. Needs `write`. */
export async function createPriceOverride(
  control: Control,
  principal: Principal,
  input: z.input<typeof createPriceOverrideInput>,
): Promise<Result<ProjectPrice, ControlFailure>> {
  const wanted = parseInput(createPriceOverrideInput, input)
  if (!wanted.ok) return wanted
  const { projectId, inForceFrom, ...price } = wanted.value
  const access = authorise(principal, { scope: 'write', projectId })
  if (!access.ok) return access
  return await mutate(control, principal, async (tx) => {
    const { project, priceOverride } = tables
    const [owner] = await tx
      .select({ id: project.id })
      .from(project)
      .where(and(eq(project.id, projectId), eq(project.organisationId, access.value.organisationId)))
    if (owner === undefined) return fail({ code: 'not-found', message: 'there is no such project' })
    const setAt = new Date(control.clock())
    const [row] = await tx
      .insert(priceOverride)
      .values({
        projectId,
        model: price.model,
        provider: price.provider ?? null,
        input: price.input,
        output: price.output,
        cacheRead: price.cacheRead ?? null,
        cacheWrite: price.cacheWrite ?? null,
        reasoning: price.reasoning ?? null,
        inForceFrom: inForceFrom === undefined ? setAt : new Date(inForceFrom),
        setBy: principal.label,
        setAt,
      })
      .returning()
    if (row === undefined) throw new Error('an insert returned no row')
    const value = toProjectPrice(row)
    const target = { type: 'price', id: row.id, label: price.model }
    const detail = { ...price, inForceFrom: value.inForceFrom }
    return ok({ value, note: { action: 'price.create', target, projectId, detail } })
  })
}
