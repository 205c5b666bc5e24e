export { listRecordings, loadRecording } from './recordings.ts'
export type { ExpectedRecording, ExpectedSpan, RecordedRequest, Recording } from './recordings.ts'
