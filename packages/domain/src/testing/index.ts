export { compareAssembled, compareRecording } from './compare-recording.ts'
export type { Comparison, Difference } from './compare-recording.ts'
