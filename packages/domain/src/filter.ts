import { z } from 'zod'

export const filterOperators = [
  '=',
  '!=',
  '>',
  '>=',
  '<',
  '<=',
  'between',
  '~',
  '!~',
  'in',
  'not-in',
  'empty',
  'not-empty',
] as const
export type FilterOperator = (typeof filterOperators)[number]

export const filterScopes = ['root', 'any', 'session'] as const
export type FilterScope = (typeof filterScopes)[number]

const filterScalar = z.union([z.string().max(2000), z.number(), z.boolean()])

/** A leaf compares a field: a column's wire name (`agent`, `model`, `durationMs` ...) `attributes.<key>` or `score.<name>`. */
export const filterCondition = z.strictObject({
  field: z.string().min(1).max(300),
  op: z.enum(filterOperators),
  value: z.union([filterScalar, z.array(filterScalar).max(200)]).optional(),
})
export type FilterCondition = z.infer<typeof filterCondition>

export type FilterNode = FilterCondition | { and: FilterNode[] } | { or: FilterNode[] } | { not: FilterNode }

const filterNode: z.ZodType<FilterNode> = z.lazy(() =>
  z.union([
    filterCondition,
    z.strictObject({ and: z.array(filterNode).max(50) }),
    z.strictObject({ or: z.array(filterNode).max(50) }),
    z.strictObject({ not: filterNode }),
  ]),
)

/**
 * One filter for web, tRPC, CLI and HTTP. `scope` says which spans must match: the root, any span of the
 * trace, or any span of its session. `text` searches inputs and outputs.
 */
export const filter = z.strictObject({
  scope: z.enum(filterScopes).default('root'),
  where: filterNode.optional(),
  text: z.string().max(500).optional(),
  /** ISO 8601 or milliseconds since the epoch; inclusive. */
  since: z.union([z.iso.datetime(), z.number().int()]).optional(),
  /** ISO 8601 or milliseconds since the epoch; exclusive. */
  until: z.union([z.iso.datetime(), z.number().int()]).optional(),
})
export type Filter = z.infer<typeof filter>
