import { parseTraceId } from '@clew/domain'
import type { CliContext } from './cli-context.ts'
import { CliError } from './cli-error.ts'

const prefixMin = 4

/** The trace id behind a whole id, or behind the beginning of one that only one run has. */
export async function findTraceId(context: CliContext, typed: string): Promise<string> {
  const whole = parseTraceId(typed)
  if (whole !== undefined) return whole
  const prefix = typed.toLowerCase()
  if (!/^[0-9a-f]+$/.test(prefix) || prefix.length < prefixMin || prefix.length > 32) {
    throw new CliError({
      exit: 'usage',
      message: `"${typed}" is no trace id: 32 hex digits, or the first ${prefixMin} or more`,
    })
  }
  const projectId = await context.projectId()
  const where = { field: 'traceId', op: '~' as const, value: prefix }
  const { items } = await context.client.runs.list.query({ projectId, filter: { where }, limit: 50 })
  const found = items.filter(({ traceId }) => traceId.startsWith(prefix))
  const [only, ...others] = found
  if (only === undefined) throw new CliError({ exit: 'notFound', message: `there is no run ${typed}` })
  if (others.length === 0) return only.traceId
  const ids = found.map(({ traceId }) => traceId.slice(0, prefix.length + 4)).join(', ')
  throw new CliError({ exit: 'usage', message: `"${typed}" is the beginning of several: ${ids}` })
}
