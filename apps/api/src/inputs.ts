import { filter, parseProjectId, parseSpanId, parseTraceId } from '@clew/domain'
import { z } from 'zod'

function parsed<Parsed>(parse: (value: string) => Parsed | undefined, expected: string) {
  return z.string().transform((value, context): Parsed => {
    const result = parse(value)
    if (result !== undefined) return result
    context.addIssue({ code: 'custom', message: `should be ${expected}` })
    return z.NEVER
  })
}

export const projectId = parsed(parseProjectId, 'a project id')
export const traceId = parsed(parseTraceId, '32 hex digits')
export const spanId = parsed(parseSpanId, '16 hex digits')

export const inProject = z.object({ projectId })
export const ofTrace = z.object({ traceId })

/** `lean` leaves out of each span what is looked at a span at a time. */
export const detail = z.enum(['full', 'lean']).default('full')

/** Without a filter, everything that the project still keeps. */
export const filterInput = filter.default({ scope: 'root' })

export const cursor = z.string().min(1).max(500)
export const limit = z.number().int().min(1).max(200)
export const page = z.object({ limit: limit.default(50), cursor: cursor.optional() })

export const runSort = z.object({
  by: z.enum(['start', 'duration', 'tokens', 'cost']),
  direction: z.enum(['asc', 'desc']),
})
export type RunSort = z.infer<typeof runSort>
export const newestFirst: RunSort = { by: 'start', direction: 'desc' }

export const facetFields = ['service', 'agent', 'model', 'status', 'environment'] as const

/** Milliseconds since the epoch; the last seven days when absent. */
export const timeWindow = z.object({
  since: z.number().int().nonnegative().optional(),
  until: z.number().int().nonnegative().optional(),
})

/** How long a chat whose runs have ended is waited with for its next turn. */
export const idleSeconds = z.number().int().min(0).max(3600).default(0)

export const lastEventId = z.string().max(100).nullish()
export const sessionId = z.string().min(1).max(500)
export const agentName = z.string().min(1).max(500)
export const taskId = z.string().min(1).max(500)
