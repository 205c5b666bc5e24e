import { createClient } from '@clickhouse/client'
import type { ClickHouseClient } from '@clickhouse/client'
import { mkdirSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Database } from './database.ts'
import { defaultDatabase, parseDatabaseName } from './database-name.ts'
import { runCommand, runFileInsert, runQuery } from './run-statements.ts'
import type { Insert } from './run-statements.ts'
import { createSessionPool } from './session-pool.ts'

interface Session {
  client: ClickHouseClient
  /** Where the rows of this session's insert lie. */
  rowsPath: string
}

/** Tables of one batch are written beside each other, and a page reads several at once; two cores do no more. */
const writersMax = 2
const readersMax = 3

/**
 * The embedded engine on `<dir>[?database=name]`. Some sessions write and others read, so that a page doesn't
 * wait for an insert; each runs one statement at a time. One process owns the directory.
 */
export async function openChdbDatabase(address: string): Promise<Database> {
  const [path = '', search = ''] = address.split('?')
  const database = parseDatabaseName(new URLSearchParams(search).get('database') ?? defaultDatabase)
  if (path === '') throw new Error('chdb: needs a directory')
  mkdirSync(join(path, 'inbox'), { recursive: true })
  const writers = createSessionPool(await openSessions(path, writersMax))
  const readers = createSessionPool(await openSessions(path, readersMax))
  const onAll = async (task: (session: Session) => Promise<unknown>): Promise<void> => {
    for (const pool of [writers, readers]) await pool.runOnAll(task)
  }
  const enter = async ({ client }: Session): Promise<void> => {
    await runCommand(client, { sql: `CREATE DATABASE IF NOT EXISTS ${database}` })
    await runCommand(client, { sql: `USE ${database}` })
  }
  await onAll(enter)
  return {
    isOwned: true,
    query: (statement) => readers.run(({ client }) => runQuery(client, statement)),
    command: (statement) => writers.run(({ client }) => runCommand(client, statement)),
    insert: (insert) => writers.run((session) => insertRows(session, insert)),
    createDatabase: () => onAll(enter),
    ping: () => readers.run(async ({ client }) => (await client.ping({ select: true })).success),
    close: () => onAll(({ client }) => client.close()),
  }
}

/** Rows go through a file: the engine cuts a binary inline body at a blank line, and is slow to read one of text. */
async function insertRows({ client, rowsPath }: Session, insert: Insert): Promise<void> {
  await writeFile(rowsPath, insert.body.bytes)
  await runFileInsert(client, insert, rowsPath)
}

async function openSessions(path: string, count: number): Promise<Session[]> {
  const sessions: Session[] = []
  while (sessions.length < count) sessions.push(await openSession(path, `rows-${sessions.length}`))
  return sessions
}

/** The package is native and large, so only a store on the embedded engine loads it. */
async function openSession(path: string, rowsName: string): Promise<Session> {
  const { createChdbConnection } = await import('chdb/connection')
  const client = createClient({ connection: asClientConnection(createChdbConnection({ path })) })
  return { client, rowsPath: join(path, 'inbox', rowsName) }
}

type ClientConnection = NonNullable<NonNullable<Parameters<typeof createClient>[0]>['connection']>

/** chdb and the client each carry a copy of the one Connection type; the shapes are the same. */
function asClientConnection(connection: unknown): ClientConnection {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- two copies of one type
  return connection as ClientConnection
}
