/** Where a reader stands in a channel: the number of the last event, and whose number it is. */
export interface StreamCursor {
  n: number
  channelId: string
}

/** The id of an event on the wire: `41-9f3c02ab`. */
export function toCursor({ n, channelId }: StreamCursor): string {
  return `${n}-${channelId}`
}

/** Undefined for ids that aren't ours, which start over. */
export function parseCursor(id: string | null | undefined): StreamCursor | undefined {
  const match = /^(\d{1,15})-([0-9a-f]{8})$/.exec(id ?? '')
  const [, n, channelId] = match ?? []
  return n === undefined || channelId === undefined ? undefined : { n: Number(n), channelId }
}
