import type { Filter } from '@clew/domain'
import { z } from 'zod'
import { bigCountColumn } from '../rows/column-schemas.ts'
import { readRows } from '../rows/read-rows.ts'
import type { Store } from '../store.ts'
import { matchRuns } from './run-filter.ts'
import type { ProjectScope } from './scope.ts'

const facetSql = {
  service: 'toString(service_name)',
  agent: 'arrayJoin(arrayMap(x -> toString(x), agents))',
  model: 'arrayJoin(arrayMap(x -> toString(x), models))',
  status: 'toString(status)',
  environment: 'toString(environment)',
} as const
export type RunFacetField = keyof typeof facetSql

const facetRow = z.object({ value: z.string(), runs: bigCountColumn })
const valuesMax = 50

/** The commonest values of each field among the runs that match; `project_id` is bound by `matchRuns`. */
export async function runFacets(
  store: Store,
  args: ProjectScope & { filter: Filter; fields: readonly RunFacetField[] },
): Promise<Partial<Record<RunFacetField, { value: string; count: number }[]>>> {
  const { where, params } = matchRuns(store, args)
  const facets = await Promise.all(
    [...new Set(args.fields)].map(async (field) => {
      const rows = await readRows(store, {
        sql: `SELECT ${facetSql[field]} AS value, count() AS runs
FROM trace_summary FINAL WHERE ${where}
GROUP BY value HAVING value != '' ORDER BY runs DESC, value LIMIT ${valuesMax}`,
        params,
        row: facetRow,
      })
      return [field, rows.map(({ value, runs }) => ({ value, count: runs }))] as const
    }),
  )
  return Object.fromEntries(facets)
}
