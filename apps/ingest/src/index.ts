export { createIngest } from './create-ingest.ts'
export type { IngestDeps } from './create-ingest.ts'
export type { IngestConfig, IngestLimits } from './ingest-config.ts'
