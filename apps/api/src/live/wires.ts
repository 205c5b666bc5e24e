export interface Wire {
  contentType: string
  opening: string
  heartbeat: string
  toText(item: { id?: string; type: string; data: unknown }): string
}

/** How a stream is written: server-sent events, or a line of JSON for each event. */
export const wires = {
  sse: {
    contentType: 'text/event-stream; charset=utf-8',
    opening: 'retry: 1000\n\n',
    heartbeat: ': alive\n\n',
    toText: ({ id, type, data }) =>
      `${id === undefined ? '' : `id: ${id}\n`}event: ${type}\ndata: ${JSON.stringify(data)}\n\n`,
  },
  /** Readers of NDJSON skip empty lines, which keep the connection alive. */
  ndjson: {
    contentType: 'application/x-ndjson; charset=utf-8',
    opening: '',
    heartbeat: '\n',
    toText: ({ id, data }) => `${JSON.stringify(id === undefined ? data : { id, ...Object(data) })}\n`,
  },
} as const satisfies Record<string, Wire>

export type WireName = keyof typeof wires

/** By `Accept`; server-sent events unless NDJSON is asked for. */
export function wireOf(accept: string | undefined): WireName {
  return accept?.includes('application/x-ndjson') === true ? 'ndjson' : 'sse'
}
