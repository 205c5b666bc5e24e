export { createStandalone } from './create-standalone.ts'
export type { Standalone, StandaloneOptions, StartFailure } from './create-standalone.ts'
