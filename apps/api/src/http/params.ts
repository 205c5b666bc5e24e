import { filter as filterSchema } from '@clew/domain'
import { z } from 'zod'

/** A filter as JSON text: the whole AST, or only its `where`. */
export const filterParam = z
  .string()
  .max(20_000)
  .optional()
  .transform((text, context) => {
    if (text === undefined || text === '') return filterSchema.parse({})
    const json = parseJson(text)
    const isNode =
      typeof json === 'object' && json !== null && /field|and|or|not/.test(Object.keys(json)[0] ?? '')
    const parsed = filterSchema.safeParse(isNode ? { where: json } : json)
    if (parsed.success) return parsed.data
    context.addIssue({ code: 'custom', message: 'should be a filter as JSON' })
    return z.NEVER
  })
  .meta({ type: 'string', description: 'The filter AST as JSON' })

/** A whole number in a query string. */
export function countParam({ min, max, standard }: { min: number; max: number; standard: number }) {
  return z
    .string()
    .regex(/^\d{1,6}$/, `should be a whole number from ${min} to ${max}`)
    .transform(Number)
    .pipe(z.number().min(min).max(max))
    .default(standard)
}

export const speedParam = z
  .string()
  .regex(/^\d{1,4}(\.\d{1,3})?$/, 'should be a factor such as 1 or 10; 0 sends at once')
  .transform(Number)
  .optional()

function parseJson(text: string): unknown {
  try {
    const parsed: unknown = JSON.parse(text)
    return parsed
  } catch {
    return undefined
  }
}
