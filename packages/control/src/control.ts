import type { Db } from '@clew/db'

export interface ControlOptions {
  db: Db
  /** Signs session cookies and derives the first-run token; at least 32 characters. */
  secret: string
  /** Where people open Clew, such as `http://127.0.0.1:4000`. */
  publicUrl: string
  /** Further origins that a browser may sign in from. */
  trustedOrigins?: readonly string[]
  /** Milliseconds since the epoch. */
  clock?: () => number
}

/** The open control data: handed to every verb as its context. Its parts are private to this package. */
export interface Control {
  readonly publicUrl: string
  /** Stops listening and flushes the feed; the database stays open for its owner to close. */
  close(): Promise<void>
}

/** Opens control on a migrated database. */
export async function openControl(_options: ControlOptions): Promise<Control> {
  throw new Error('not implemented')
}
