/** Few and known, so that they can be counted by reason. */
export type RejectionCode =
  | 'malformed'
  | 'bad-id'
  | 'bad-time'
  | 'too-old'
  | 'in-future'
  | 'not-stored'
  | 'failed'

/** What is wrong with a record, in words that its sender can act on. */
export interface RecordProblem {
  code: RejectionCode
  reason: string
}

/** A record that is not stored. */
export interface Rejection extends RecordProblem {
  /** Names the record, such as `span 00f067aa0ba902b7 of trace 4bf9…4736`. */
  record: string
}

const mostNamed = 10

/** The sentence of `partial_success.error_message`: each rejected record by name, up to ten. */
export function describeRejections(rejections: readonly Rejection[]): string {
  const named = rejections.slice(0, mostNamed).map(({ record, reason }) => `${record}: ${reason}`)
  const rest = rejections.length - named.length
  return [...named, ...(rest > 0 ? [`and ${rest} more`] : [])].join('; ')
}

/** A sender's text inside a message: short and on one line. */
export function quoted(text: string): string {
  const clean = text.replace(/[^\x20-\x7e]/g, '?')
  return clean.length > 80 ? `"${clean.slice(0, 80)}…"` : `"${clean}"`
}
