export { openTestDb } from './open-test-db.ts'
