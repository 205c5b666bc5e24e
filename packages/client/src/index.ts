export { createClewClient, createClewLink } from './create-clew-client.ts'
export type { ClewClient, ClewClientOptions } from './create-clew-client.ts'
export type { AppRouter } from '@clew/api'
