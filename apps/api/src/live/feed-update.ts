import type { FeedEntry, RunSummary } from '@clew/domain'

/** What changed since the last update; the first one of a stream names nothing and carries the cursor. */
export interface FeedUpdate {
  entry: FeedEntry
  /** New summaries; and runs that are new to the stream or have just begun, as their spans have it so far. */
  runs: RunSummary[]
  /** True when the cursor was too old or too much changed: read again what is on screen. */
  isResync: boolean
}
