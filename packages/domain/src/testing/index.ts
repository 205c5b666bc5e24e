export { compareAssembled, compareRecording } from './compare-recording.ts'
export type { Comparison, Difference } from './compare-recording.ts'
export { makeRun } from './make-run.ts'
export type { SpanSketch } from './make-run.ts'
