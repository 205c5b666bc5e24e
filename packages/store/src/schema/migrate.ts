import { z } from 'zod'
import type { Database } from '../driver/database.ts'
import { engineClause } from './engine.ts'
import { listMigrations } from './migrations.ts'

const appliedRow = z.object({ version: z.number() })

/** Creates the database and brings its tables up to date, each migration once. */
export async function migrate(database: Database): Promise<void> {
  await database.createDatabase()
  await database.command({
    sql: `CREATE TABLE IF NOT EXISTS schema_migrations (
  version UInt32,
  name String,
  applied_at DateTime64(3, 'UTC') DEFAULT now64(3)
)
${engineClause({ kind: 'replacing', version: 'applied_at' })}
ORDER BY version`,
  })
  const rows = await database.query({ sql: 'SELECT DISTINCT version FROM schema_migrations' })
  const applied = new Set(
    z
      .array(appliedRow)
      .parse(rows)
      .map((row) => row.version),
  )
  for (const migration of listMigrations()) {
    if (applied.has(migration.version)) continue
    for (const sql of migration.statements) await database.command({ sql })
    await database.command({
      sql: 'INSERT INTO schema_migrations (version, name) SELECT {version:UInt32}, {name:String}',
      params: { version: migration.version, name: migration.name },
    })
  }
}
