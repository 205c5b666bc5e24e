export { openTestStore } from './open-test-store.ts'
