import type { Filter } from '@clew/domain'
import { toUnixNano } from '@clew/domain'
import type { QueryParams } from '../driver/database.ts'
import { compileFilter, filterTimeMs } from '../filter/compile-filter.ts'
import type { Store } from '../store.ts'
import { boundTime, scopeParams } from './scope.ts'
import type { ProjectScope } from './scope.ts'

const yearMs = 366 * 86_400_000

/** The WHERE of every question about runs, `project_id = {projectId:String}` first, and what it binds. */
export function matchRuns(
  store: Store,
  args: ProjectScope & { filter: Filter },
): { where: string; params: QueryParams } {
  const { filter } = args
  const compiled = compileFilter(filter)
  const scope = scopeParams(store, args)
  const since = filterTimeMs(filter.since)
  const until = filterTimeMs(filter.until) ?? store.clock() + yearMs
  return {
    where: `project_id = {projectId:String}
  AND start_time >= greatest(${boundTime('cutoff')}, ${boundTime('since')}) AND start_time < ${boundTime('until')}
  AND (${compiled.sql})`,
    params: {
      ...compiled.params,
      ...scope,
      since: since === undefined ? scope.cutoff : toUnixNano(since),
      until: toUnixNano(until),
    },
  }
}
