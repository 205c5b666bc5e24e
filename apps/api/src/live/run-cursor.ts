/**
 * Where a subscriber stands: the feed entry up to which everything was told, and the number of the last event.
 * The feed entry advances only with the last event that it caused, so a cut in between tells it again.
 */
export interface RunCursor {
  feedSeq: number
  eventSeq: number
}

/** The id of an event on the wire. */
export function toEventId({ feedSeq, eventSeq }: RunCursor): string {
  return `${feedSeq}.${eventSeq}`
}

/** Undefined for ids that aren't ours, which start over with a snapshot. */
export function parseEventId(id: string | null | undefined): RunCursor | undefined {
  const match = /^(\d{1,15})\.(\d{1,15})$/.exec(id ?? '')
  if (match === null) return undefined
  return { feedSeq: Number(match[1]), eventSeq: Number(match[2]) }
}
