import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { errorOf, type Logger } from '@clew/runtime'
import { ApiError } from '../api-error.ts'
import type { NumberedRunEvent } from '../live/follow-run.ts'
import { toApiError } from '../to-api-error.ts'
import { toErrorBody } from './respond-error.ts'

const heartbeatMs = 10_000

/**
 * Writes events as they come, as server-sent events or, by `Accept: application/x-ndjson`, a line of JSON each.
 * The last event is `end` or `error`; then the response closes.
 */
export async function writeStream(options: {
  req: IncomingMessage
  res: ServerResponse
  source: AsyncIterable<NumberedRunEvent>
  logger: Logger
}): Promise<void> {
  const { req, res, source, logger } = options
  const wire = req.headers.accept?.includes('application/x-ndjson') ? ndjson : sse
  res.writeHead(200, {
    'content-type': wire.contentType,
    'cache-control': 'no-cache, no-transform',
    'x-accel-buffering': 'no',
  })
  res.write(wire.opening)
  const heartbeat = setInterval(() => void (res.writableNeedDrain || res.write(wire.heartbeat)), heartbeatMs)
  try {
    for await (const { id, event } of source) {
      const text = wire.toText({ id, type: event.type, data: event })
      if (!res.write(text)) await Promise.race([once(res, 'drain'), once(res, 'close')])
      if (res.destroyed) return
    }
  } catch (thrown) {
    const known = toApiError(thrown)
    if (known === undefined) logger.error('stream failed', { error: errorOf(thrown) })
    const error = known ?? new ApiError({ code: 'internal', message: 'Something went wrong on our side' })
    res.write(wire.toText({ type: 'error', data: { type: 'error', ...toErrorBody(error) } }))
  } finally {
    clearInterval(heartbeat)
    res.end()
  }
}

interface Wire {
  contentType: string
  opening: string
  heartbeat: string
  toText(item: { id?: string; type: string; data: unknown }): string
}

const sse: Wire = {
  contentType: 'text/event-stream; charset=utf-8',
  opening: 'retry: 1000\n\n',
  heartbeat: ': alive\n\n',
  toText: ({ id, type, data }) =>
    `${id === undefined ? '' : `id: ${id}\n`}event: ${type}\ndata: ${JSON.stringify(data)}\n\n`,
}

/** Readers of NDJSON skip empty lines, which keep the connection alive. */
const ndjson: Wire = {
  contentType: 'application/x-ndjson; charset=utf-8',
  opening: '',
  heartbeat: '\n',
  toText: ({ id, data }) => `${JSON.stringify(id === undefined ? data : { id, ...Object(data) })}\n`,
}
