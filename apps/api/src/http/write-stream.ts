import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { errorOf, type Logger } from '@clew/runtime'
import { ApiError } from '../api-error.ts'
import type { LiveChannel, StreamItem } from '../live/live-channel.ts'
import type { OpenStreams } from '../live/open-streams.ts'
import type { StreamContext } from '../live/stream-context.ts'
import { wireOf, wires, type Wire, type WireName } from '../live/wires.ts'
import { toApiError } from '../to-api-error.ts'
import { toErrorBody } from './respond-error.ts'

interface Streaming {
  ctx: StreamContext
  req: IncomingMessage
  res: ServerResponse
}

/**
 * Writes a channel as it is told, as server-sent events or, by `Accept: application/x-ndjson`, a line of JSON each.
 * The last event is `end` or `error`; then the response closes. Who has been told the end gets 204, at which an
 * EventSource stops coming back.
 */
export function writeChannel<Event extends { type: string }>(
  { ctx, req, res }: Streaming,
  channel: LiveChannel<Event>,
): void {
  const name = wireOf(req.headers.accept)
  const { streams, access } = ctx.live
  let isOpen = false
  const reader = {
    take: (items: readonly StreamItem<Event>[]) => {
      openOnce()
      const [only, ...others] = items
      if (only === undefined) return
      const bytes =
        others.length === 0 ? only.bytes(name) : Buffer.concat(items.map((item) => item.bytes(name)))
      streams.write(res, bytes)
    },
    close: (error?: ApiError) => {
      openOnce()
      endStream({ res, wire: wires[name], ...(error === undefined ? {} : { error }) })
    },
  }
  const joined = channel.join(reader, lastEventIdOf(req))
  if (joined === 'over') return void res.writeHead(204).end()
  openOnce()
  const unwatch = access.watch(ctx, (error) => reader.close(error))
  res.once('close', () => {
    unwatch()
    joined.leave()
  })

  function openOnce(): void {
    if (isOpen) return
    isOpen = true
    openStream({ res, name, streams })
  }
}

/** Writes events as a source makes them, such as a replay. */
export async function writeStream(
  { ctx, req, res }: Streaming,
  source: AsyncIterable<{ id: string; event: { type: string } }>,
): Promise<void> {
  const name = wireOf(req.headers.accept)
  const wire = wires[name]
  openStream({ res, name, streams: ctx.live.streams })
  try {
    for await (const { id, event } of source) {
      const text = wire.toText({ id, type: event.type, data: event })
      if (!res.write(text)) await Promise.race([once(res, 'drain'), once(res, 'close')])
      if (res.destroyed) return
    }
    endStream({ res, wire })
  } catch (thrown) {
    endStream({ res, wire, error: toStreamError(thrown, ctx.logger) })
  }
}

export function lastEventIdOf(req: IncomingMessage): string | undefined {
  const header = req.headers['last-event-id']
  return typeof header === 'string' ? header : undefined
}

function openStream(of: { res: ServerResponse; name: WireName; streams: OpenStreams }): void {
  const { res, name, streams } = of
  const { contentType, opening, heartbeat } = wires[name]
  res.writeHead(200, {
    'content-type': contentType,
    'cache-control': 'no-cache, no-transform',
    'x-accel-buffering': 'no',
  })
  if (opening === '') res.flushHeaders()
  else res.write(opening)
  streams.add(res, { heartbeat })
}

function endStream({ res, wire, error }: { res: ServerResponse; wire: Wire; error?: ApiError }): void {
  if (res.destroyed) return
  if (error !== undefined) {
    res.write(wire.toText({ type: 'error', data: { type: 'error', ...toErrorBody(error) } }))
  }
  res.end()
}

function toStreamError(thrown: unknown, logger: Logger): ApiError {
  const known = toApiError(thrown)
  if (known !== undefined) return known
  logger.error('stream failed', { error: errorOf(thrown) })
  return new ApiError({ code: 'internal', message: 'Something went wrong on our side' })
}
