import { ClickHouseLogLevel, createClient } from '@clickhouse/client'
import type { Database } from './database.ts'
import { defaultDatabase, parseDatabaseName } from './database-name.ts'
import { runCommand, runInsert, runQuery } from './run-statements.ts'

const requestTimeoutMs = 60_000

/** A ClickHouse server at `http(s)://user:password@host:port/database`. */
export function openHttpDatabase(url: string): Database {
  const address = new URL(url)
  const database = parseDatabaseName(decodeURIComponent(address.pathname.slice(1)) || defaultDatabase)
  const connection = {
    url: `${address.protocol}//${address.host}`,
    username: decodeURIComponent(address.username) || 'default',
    password: decodeURIComponent(address.password),
    request_timeout: requestTimeoutMs,
    max_open_connections: 16,
    keep_alive: { enabled: true },
    log: { level: ClickHouseLogLevel.OFF },
  }
  const client = createClient({ ...connection, database })
  return {
    isOwned: false,
    query: (statement) => runQuery(client, statement),
    command: (statement) => runCommand(client, statement),
    insert: (insert) => runInsert(client, insert),
    async createDatabase() {
      const bare = createClient(connection)
      try {
        await runCommand(bare, { sql: `CREATE DATABASE IF NOT EXISTS ${database}` })
      } finally {
        await bare.close()
      }
    },
    ping: async () => (await client.ping({ select: true })).success,
    close: () => client.close(),
  }
}
