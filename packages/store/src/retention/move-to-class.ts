import type { ProjectId, RetentionPolicy } from '@clew/domain'
import { toUnixNano } from '@clew/domain'
import { z } from 'zod'
import type { QueryParams } from '../driver/database.ts'
import { cutoffNs, boundTime } from '../queries/scope.ts'
import { bigCountColumn, nanosColumn } from '../rows/column-schemas.ts'
import { readRows } from '../rows/read-rows.ts'
import type { Store } from '../store.ts'
import { classedTables } from './classed-tables.ts'
import type { ClassedTable } from './classed-tables.ts'

const dayMs = 86_400_000
/** Forty weeks, or as many days of a class that expires by the day: within what one insert may touch. */
const windowMs = 40 * 7 * dayMs
const waitingRow = z.object({ rows: bigCountColumn, first_ns: nanosColumn })

/**
 * Brings a project's rows under its policy of today: a row of another class is copied into the right one and
 * then deleted, one that the policy no longer keeps is deleted. A crash between the two leaves a row twice,
 * which every question counts once. Returns the rows that were found out of place.
 */
export async function moveToClass(
  store: Store,
  { projectId, policy }: { projectId: ProjectId; policy: RetentionPolicy },
): Promise<number> {
  const params = {
    projectId,
    metadataDays: policy.metadataDays,
    contentDays: policy.contentDays,
    metadataCutoff: cutoffNs(store, policy.metadataDays),
    contentCutoff: cutoffNs(store, policy.contentDays),
  }
  let moved = 0
  for (const table of classedTables) {
    if (table.identity === undefined && moved === 0) continue
    const [waiting] = await readRows(store, {
      sql: `SELECT count() AS rows, toUnixTimestamp64Nano(toDateTime64(min(${table.time}), 9, 'UTC')) AS first_ns
FROM ${table.table} WHERE ${misplaced(table)}`,
      params,
      row: waitingRow,
    })
    if (!waiting || waiting.rows === 0) continue
    await copyRows(store, { table, params, fromMs: Number(BigInt(waiting.first_ns) / 1_000_000n) })
    await deleteRows(store, { table, params })
    moved += waiting.rows
  }
  return moved
}

/** `source` qualifies the class where a replaced column of the same name would hide it. */
function misplaced({ days }: ClassedTable, source = ''): string {
  return `project_id = {projectId:String} AND ${source}retention_days != ${days}`
}

function cutoffOf({ days }: ClassedTable): string {
  const [content, metadata] = [boundTime('contentCutoff'), boundTime('metadataCutoff')]
  if (days.startsWith('if(')) return `if(has_content, ${content}, ${metadata})`
  return days.includes('contentDays') ? content : metadata
}

/** Never deduplicated by its blocks: a policy that went there and back would copy what looks the same. */
async function copyRows(
  store: Store,
  { table, params, fromMs }: { table: ClassedTable; params: QueryParams; fromMs: number },
): Promise<void> {
  const replaced = [
    `CAST(${table.days} AS UInt16) AS retention_days`,
    ...(table.contentDaysColumn ? [`{contentDays:UInt16} AS ${table.contentDaysColumn}`] : []),
  ].join(', ')
  const untilMs = store.clock() + 2 * dayMs
  for (let start = fromMs; start < untilMs; start += windowMs) {
    await store.database.command({
      sql: `INSERT INTO ${table.table} SELECT * REPLACE (${replaced}) FROM ${table.table} AS source
WHERE ${misplaced(table, 'source.')} AND ${table.time} >= ${cutoffOf(table)}
  AND ${table.time} >= ${boundTime('windowStart')} AND ${table.time} < ${boundTime('windowEnd')}
SETTINGS insert_deduplicate = 0`,
      params: { ...params, windowStart: toUnixNano(start), windowEnd: toUnixNano(start + windowMs) },
    })
  }
}

/**
 * Only what was seen in its new place, since a row may have come between: it is moved by the next sweep. Only
 * in the partitions that hold such rows, since a delete visits every part that it is given. Not waited for: the
 * engine does it in its own time, and until then each such row is counted once or is out of sight.
 */
async function deleteRows(
  store: Store,
  { table, params }: { table: ClassedTable; params: QueryParams },
): Promise<void> {
  const isCopied = table.identity
    ? `OR (${table.identity}) IN (SELECT ${table.identity} FROM ${table.table}
  WHERE project_id = {projectId:String} AND retention_days = ${table.days})`
    : ''
  const going = `${misplaced(table)} AND (${table.time} < ${cutoffOf(table)} ${isCopied})`
  const partitions = await readRows(store, {
    sql: `SELECT DISTINCT _partition_id AS partition_id FROM ${table.table} WHERE ${going}`,
    params,
    row: z.object({ partition_id: z.string().regex(/^[A-Za-z0-9-]+$/) }),
  })
  for (const { partition_id } of partitions) {
    await store.database.command({
      sql: `DELETE FROM ${table.table} IN PARTITION ID '${partition_id}' WHERE ${going}
SETTINGS lightweight_deletes_sync = 0`,
      params,
    })
  }
}
