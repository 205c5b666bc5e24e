import type { ProjectId } from '@clew/domain'
import { z } from 'zod'
import { bigCountColumn } from '../rows/column-schemas.ts'
import { readRows } from '../rows/read-rows.ts'
import type { Store } from '../store.ts'

export interface ProjectUsage {
  spanCount: number
  runCount: number
  logCount: number
  /** Bytes on disk; a project's share of a table is estimated from its rows. */
  bytes: number
  oldestUnixNano?: string
}

const tables = ['spans', 'span_content', 'logs', 'trace_summary'] as const
const countRow = z.object({ rows: bigCountColumn, all_rows: bigCountColumn, first_ns: z.string() })
const partRow = z.object({ table: z.string(), bytes: bigCountColumn })

/** What a project holds, for its settings page. */
export async function readUsage(store: Store, args: { projectId: ProjectId }): Promise<ProjectUsage> {
  const [sizes, ...counts] = await Promise.all([
    readRows(store, {
      sql: `SELECT table, sum(bytes_on_disk) AS bytes FROM system.parts
WHERE active AND database = currentDatabase() GROUP BY table`,
      params: {},
      row: partRow,
    }),
    ...tables.map((table) => countIn(store, { table, projectId: args.projectId })),
  ])
  const bytesOf = new Map(sizes.map((size) => [size.table, size.bytes]))
  const counted = new Map(tables.map((table, index) => [table, counts[index]]))
  const bytes = tables.map((table) => {
    const count = counted.get(table)
    return count && count.all_rows > 0 ? ((bytesOf.get(table) ?? 0) * count.rows) / count.all_rows : 0
  })
  const spans = counted.get('spans')
  return {
    spanCount: spans?.rows ?? 0,
    runCount: counted.get('trace_summary')?.rows ?? 0,
    logCount: counted.get('logs')?.rows ?? 0,
    bytes: Math.round(bytes.reduce((sum, share) => sum + share, 0)),
    ...(spans && spans.rows > 0 && { oldestUnixNano: spans.first_ns }),
  }
}

async function countIn(
  store: Store,
  { table, projectId }: { table: (typeof tables)[number]; projectId: ProjectId },
): Promise<z.output<typeof countRow> | undefined> {
  const [row] = await readRows(store, {
    sql: `SELECT count() AS rows, (SELECT count() FROM ${table} FINAL) AS all_rows,
  toUnixTimestamp64Nano(min(${table === 'logs' ? 'time' : 'start_time'})) AS first_ns
FROM ${table} FINAL WHERE project_id = {projectId:String}`,
    params: { projectId },
    row: countRow,
  })
  return row
}
