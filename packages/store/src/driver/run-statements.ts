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

export interface Insert {
  table: string
  token: string
  body: EncodedRows
}

export async function runInsert(client: ClickHouseClient, insert: Insert): Promise<void> {
  const result = await client.exec({
    query: toInsertStatement(insert),
    values: Readable.from([insert.body.bytes], { objectMode: false }),
  })
  result.stream.destroy()
}

/** An insert of a file's rows, for an engine that reads this process's files. */
export async function runFileInsert(client: ClickHouseClient, insert: Insert, path: string): Promise<void> {
  await runCommand(client, { sql: toInsertStatement(insert, ` FROM INFILE '${quoted(path)}'`) })
}

/** Floats are parsed exactly, or a tenth of them would come back changed in the last digit. */
function toInsertStatement({ table, token, body }: Insert, from = ''): string {
  const settings = `insert_deduplication_token = '${checkedToken(token)}', async_insert = 0, precise_float_parsing = 1, optimize_on_insert = 0`
  return `INSERT INTO ${table}${from} SETTINGS ${settings} FORMAT ${body.format}`
}

function quoted(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")
}

function checkedToken(token: string): string {
  if (/^[A-Za-z0-9_.-]{1,100}$/.test(token)) return token
  throw new Error('An insert token holds letters, digits, dots, dashes and underscores only')
}
