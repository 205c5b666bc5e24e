import type { TestIngest } from '@clew/ingest/testing'
import { cpuMsOf } from './cpu.ts'
import { onIngest, send, summarised, tracesIn } from './on-ingest.ts'
import { payloadNames } from './payloads.ts'

/** CPU milliseconds for 1,000 spans, gzip over HTTP to durable, summarised rows, where so many are stored already. */
export interface Stage {
  stored: number
  ms: number
}

const tables = ['spans', 'span_content', 'trace_lookup', 'trace_summary', 'trace_metrics'] as const
/** Of each table: what tells when a row's trace took place, moved back so that the copies fill a day. */
const times: { [table in (typeof tables)[number]]: readonly string[] } = {
  spans: ['start_time'],
  span_content: ['start_time'],
  trace_lookup: ['start_day', 'start_min', 'start_max'],
  trace_summary: ['start_time', 'last_time'],
  trace_metrics: ['hour', 'last_time'],
}
const copiesPerStatement = 100

/** Fills one store to each of the sizes, copying what the ingest wrote, and measures the ingest at each. */
export async function measureGrowth(
  sizes: readonly number[],
  bodies: number,
  log: (stage: Stage) => void,
): Promise<Stage[]> {
  return await onIngest(async (ingest) => {
    const traces = payloadNames.map(tracesIn).reduce((sum, each) => sum + each, 0)
    const take = async (count: number): Promise<void> => {
      const sinceMs = ingest.clock()
      for (const name of payloadNames) await send({ url: ingest.url, key: ingest.key, name, bodies: count })
      await summarised(ingest, count * traces, sinceMs)
    }
    await take(4)
    await keepTemplate(ingest)
    let copied = 0
    const stages: Stage[] = []
    for (const size of sizes) {
      for (; (await countSpans(ingest)) < size; copied += copiesPerStatement) await copy(ingest, copied)
      await settle(ingest)
      await take(2)
      const { ms } = await cpuMsOf(async () => await take(bodies))
      const stage = { stored: size, ms: ms / (bodies * payloadNames.length) }
      log(stage)
      stages.push(stage)
    }
    return stages
  })
}

/** The rows that are copied stand in tables of their own, so that copies are not copied again. */
async function keepTemplate(ingest: TestIngest): Promise<void> {
  for (const table of tables) {
    await ingest.store.database.command({
      sql: `CREATE TABLE template_${table} ENGINE = Memory AS SELECT * FROM ${table} FINAL`,
    })
  }
}

async function copy(ingest: TestIngest, from: number): Promise<void> {
  for (const table of tables) {
    const moved = times[table].map(
      (column) =>
        `CAST(${column} - toIntervalMinute((copy * 37) % 1440), toTypeName(${column})) AS ${column}`,
    )
    await ingest.store.database.command({
      sql: `INSERT INTO ${table} SELECT * EXCEPT (copy) FROM (
  SELECT * REPLACE (lower(hex(MD5(concat(toString(trace_id), '/', toString(copy))))) AS trace_id, ${moved.join(', ')})
  FROM template_${table} CROSS JOIN (SELECT number + ${from} AS copy FROM numbers(${copiesPerStatement})) AS copies)
SETTINGS max_partitions_per_insert_block = 1000`,
    })
  }
}

async function countSpans(ingest: TestIngest): Promise<number> {
  return await readCount(ingest, 'SELECT toString(count()) AS n FROM spans')
}

/** What the copying left to merge is not the ingest's cost. */
async function settle(ingest: TestIngest): Promise<void> {
  for (const table of tables) {
    await ingest.store.database.command({
      sql: `OPTIMIZE TABLE ${table} FINAL SETTINGS optimize_throw_if_noop = 0`,
    })
  }
}

async function readCount(ingest: TestIngest, sql: string): Promise<number> {
  const [row] = await ingest.store.database.query({ sql })
  return typeof row === 'object' && row !== null && 'n' in row ? Number(row.n) : 0
}
