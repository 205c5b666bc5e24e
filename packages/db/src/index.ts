export { migrateDb, openDb } from './open-db.ts'
export type { Db, DbOptions } from './open-db.ts'
