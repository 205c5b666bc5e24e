import { fail, ok, parseProjectId } from '@clew/domain'
import type { ProjectId, Result } from '@clew/domain'
import { z } from 'zod'
import type { ControlFailure } from './failure.ts'

/** A project's id in a verb's input. */
export const projectIdInput = z.string().transform((text, context): ProjectId => {
  const id = parseProjectId(text)
  if (id !== undefined) return id
  context.addIssue({ code: 'custom', message: 'not a project id' })
  return z.NEVER
})

/** What people call a thing. */
export const nameInput = z
  .string()
  .trim()
  .min(1, 'must not be empty')
  .max(100, 'must have at most 100 characters')

/** Checks a verb's input; the failure names the first field that is wrong. */
export function parseInput<Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
): Result<z.output<Schema>, ControlFailure> {
  const parsed = schema.safeParse(input)
  if (parsed.success) return ok(parsed.data)
  const [issue] = parsed.error.issues
  const field = issue?.path.join('.') ?? ''
  const message = issue?.message ?? 'invalid input'
  return fail(
    field === '' ? { code: 'invalid', message } : { code: 'invalid', message: `${field}: ${message}`, field },
  )
}
