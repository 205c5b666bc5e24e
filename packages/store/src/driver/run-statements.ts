import type { ClickHouseClient } from '@clickhouse/client'
import { Readable } from 'node:stream'
import type { EncodedRows, QueryParams } from './database.ts'

/** The SQL clauses say it, since settings given beside the SQL stick to an embedded session. */
const querySettings = 'SETTINGS max_execution_time = 30, output_format_json_quote_64bit_integers = 1'

export async function runQuery(
  client: ClickHouseClient,
  statement: { sql: string; params?: QueryParams },
): Promise<unknown[]> {
  const result = await client.query({
    query: `${statement.sql}\n${querySettings}`,
    format: 'JSONEachRow',
    ...(statement.params && { query_params: { ...statement.params } }),
  })
  return result.json<unknown>()
}

export async function runCommand(
  client: ClickHouseClient,
  statement: { sql: string; params?: QueryParams },
): Promise<void> {
  await client.command({
    query: statement.sql,
    ...(statement.params && { query_params: { ...statement.params } }),
  })
}

/** Floats are parsed exactly, or a tenth of them would come back changed in the last digit. */
export async function runInsert(
  client: ClickHouseClient,
  insert: { table: string; token: string; body: EncodedRows },
): Promise<void> {
  const settings = `insert_deduplication_token = '${checkedToken(insert.token)}', async_insert = 0, precise_float_parsing = 1`
  const result = await client.exec({
    query: `INSERT INTO ${insert.table} SETTINGS ${settings} FORMAT ${insert.body.format}`,
    values: Readable.from([insert.body.bytes], { objectMode: false }),
  })
  result.stream.destroy()
}

function checkedToken(token: string): string {
  if (/^[A-Za-z0-9_.-]{1,100}$/.test(token)) return token
  throw new Error('An insert token holds letters, digits, dots, dashes and underscores only')
}
