export { buildBatch, buildSpan, testOwner, testSpanId } from './build-span.ts'
export { openHttpFront } from './http-front.ts'
export type { HttpFront } from './http-front.ts'
export { openTestStore } from './open-test-store.ts'
