import { createClient } from '@clickhouse/client'
import type { ClickHouseClient } from '@clickhouse/client'
import { mkdirSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Database } from './database.ts'
import { defaultDatabase, parseDatabaseName } from './database-name.ts'
import { createQueue } from './queue.ts'
import type { Queue } from './queue.ts'
import { runCommand, runFileInsert, runQuery } from './run-statements.ts'
import type { Insert } from './run-statements.ts'

interface Session {
  client: ClickHouseClient
  queue: Queue
}

/**
 * The embedded engine on `<dir>[?database=name]`. One session writes and another reads, so that a page
 * doesn't wait for an insert; each runs one statement at a time. One process owns the directory.
 */
export async function openChdbDatabase(address: string): Promise<Database> {
  const [path = '', search = ''] = address.split('?')
  const database = parseDatabaseName(new URLSearchParams(search).get('database') ?? defaultDatabase)
  if (path === '') throw new Error('chdb: needs a directory')
  const inbox = join(path, 'inbox')
  mkdirSync(inbox, { recursive: true })
  const writer = await openSession(path)
  const reader = await openSession(path)
  const enter = async (): Promise<void> => {
    await runCommand(writer.client, { sql: `CREATE DATABASE IF NOT EXISTS ${database}` })
    for (const session of [writer, reader]) await runCommand(session.client, { sql: `USE ${database}` })
  }
  await enter()
  return {
    query: (statement) => reader.queue.run(() => runQuery(reader.client, statement)),
    command: (statement) => writer.queue.run(() => runCommand(writer.client, statement)),
    insert: (insert) => writer.queue.run(() => insertRows(writer.client, insert, inbox)),
    createDatabase: () => writer.queue.run(() => reader.queue.run(enter)),
    ping: () => reader.queue.run(async () => (await reader.client.ping({ select: true })).success),
    async close() {
      await Promise.all([writer, reader].map((session) => session.queue.run(() => session.client.close())))
    },
  }
}

/** Rows go through a file: the engine cuts a binary inline body at a blank line, and is slow to read one of text. */
async function insertRows(client: ClickHouseClient, insert: Insert, inbox: string): Promise<void> {
  const path = join(inbox, 'rows')
  await writeFile(path, insert.body.bytes)
  await runFileInsert(client, insert, path)
}

/** The package is native and large, so only a store on the embedded engine loads it. */
async function openSession(path: string): Promise<Session> {
  const { createChdbConnection } = await import('chdb/connection')
  const client = createClient({ connection: asClientConnection(createChdbConnection({ path })) })
  return { client, queue: createQueue() }
}

type ClientConnection = NonNullable<NonNullable<Parameters<typeof createClient>[0]>['connection']>

/** chdb and the client each carry a copy of the one Connection type; the shapes are the same. */
function asClientConnection(connection: unknown): ClientConnection {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- two copies of one type
  return connection as ClientConnection
}
