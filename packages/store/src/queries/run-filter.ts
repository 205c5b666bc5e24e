import type { Filter } from '@clew/domain'
import { toUnixNano } from '@clew/domain'
import type { QueryParams } from '../driver/database.ts'
import { compileFilter, filterTimeMs } from '../filter/compile-filter.ts'
import type { Store } from '../store.ts'
import { boundTime, scopeParams } from './scope.ts'
import type { ProjectScope } from './scope.ts'

const yearMs = 366 * 86_400_000

/**
 * The WHERE of every question about runs, `project_id = {projectId:String}` first, and what it binds. Parts
 * are pruned by whole hours, as the key has them: pruned by the very start, a part with a run's newest version
 * could be left out and an older version, whose start differed a little, be taken for the run.
 */
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
  AND start_time >= toStartOfHour(greatest(${boundTime('cutoff')}, ${boundTime('since')}))
  AND start_time < toStartOfHour(${boundTime('until')}) + INTERVAL 1 HOUR
  AND toUnixTimestamp64Nano(start_time) >= greatest({cutoff:Int64}, {since:Int64})
  AND toUnixTimestamp64Nano(start_time) < {until:Int64}
  AND (${compiled.sql})`,
    params: {
      ...compiled.params,
      ...scope,
      since: since === undefined ? scope.cutoff : toUnixNano(since),
      until: toUnixNano(until),
    },
  }
}
