import type { OrganisationId, ProjectId, RetentionPolicy, RunEvent, RunSummary } from '@clew/domain'
import type { CanonicalLog, CanonicalSpan, WireSpan } from '@clew/semconv/span'

/** Whose a row is, how long it may live, and when it was received. */
export interface RowOwner {
  organisationId: OrganisationId
  projectId: ProjectId
  /** The policy in force when the row was received. */
  retention: RetentionPolicy
  receivedAtMs: number
}

/** One event of a run as it is kept for replay. */
export interface StoredRunEvent {
  traceId: string
  /** Unique within the trace; events are read in the order of `event.seq`, then of this. */
  id: string
  event: RunEvent
}

/** An outcome known after the fact, of a run or of one of its spans. */
export interface StoredScore {
  /** Chosen by the caller; the same id again replaces the score. */
  id: string
  traceId: string
  spanId?: string
  sessionId?: string
  name: string
  value: number | string | boolean
  /** Who or what scored: a person, a rule, a model. */
  by: string
  comment?: string
  atUnixNano: string
}

/** Everything that is stored and acknowledged together. */
export interface InsertBatch {
  /** Names the batch; a batch of the same token is stored once. */
  token: string
  spans: { owner: RowOwner; span: CanonicalSpan }[]
  logs: { owner: RowOwner; log: CanonicalLog }[]
  runEvents: { owner: RowOwner; event: StoredRunEvent }[]
  scores: { owner: RowOwner; score: StoredScore }[]
}

/** An assembled trace, from which its summary and its metric rows are written. */
export interface AssembledTrace {
  owner: RowOwner
  trace: RunSummary
  spans: WireSpan[]
}
