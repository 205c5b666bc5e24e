import type { RowOwner, StoredRunEvent, StoredScore, InsertBatch } from '@clew/store'
import type { CanonicalLog, CanonicalSpan } from '@clew/semconv/span'
import type { Result } from '@clew/domain'
import type { Rejection } from '../convert/rejection.ts'
import type { RequestFailure } from '../request/request-failure.ts'

/** What one request asks to be stored. */
export interface IngestRows {
  /** Hash of the project and the body: the same request always has the same. */
  token: string
  owner: RowOwner
  spans: CanonicalSpan[]
  logs: CanonicalLog[]
  runEvents: StoredRunEvent[]
  scores: StoredScore[]
  bytes: number
}

/** What became of them: durable, save for the rejected ones. */
export type WriteOutcome = Result<{ rejected: Rejection[] }, RequestFailure>

/** One batch of several requests' rows; its token is the same whenever the same requests meet. */
export function toInsertBatch(requests: readonly IngestRows[], token: string): InsertBatch {
  return {
    token,
    spans: requests.flatMap(({ owner, spans }) => spans.map((span) => ({ owner, span }))),
    logs: requests.flatMap(({ owner, logs }) => logs.map((log) => ({ owner, log }))),
    runEvents: requests.flatMap(({ owner, runEvents }) => runEvents.map((event) => ({ owner, event }))),
    scores: requests.flatMap(({ owner, scores }) => scores.map((score) => ({ owner, score }))),
  }
}

export function countRows(batch: InsertBatch): number {
  return batch.spans.length + batch.logs.length + batch.runEvents.length + batch.scores.length
}
