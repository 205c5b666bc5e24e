export { firstPerson, openTestControl, setUp, testSecret } from './open-test-control.ts'
export type { TestControl } from './open-test-control.ts'
