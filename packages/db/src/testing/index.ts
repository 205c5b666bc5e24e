export { openTestDb } from './open-test-db.ts'
export type { TestDb } from './open-test-db.ts'
export { readTestServerUrl } from './config.ts'
