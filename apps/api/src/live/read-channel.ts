import { ApiError } from '../api-error.ts'
import type { LiveChannel, StreamItem } from './live-channel.ts'
import type { StreamContext } from './stream-context.ts'

/** Beyond this many events that wait, a reader is told to come back. */
const waitingMax = 10_000

/** A channel as its reader pulls it, for as long as the reader may see it. */
export async function* readChannel<Event extends { type: string }>(options: {
  ctx: StreamContext
  channel: LiveChannel<Event>
  lastEventId?: string | null | undefined
  signal: AbortSignal
}): AsyncGenerator<StreamItem<Event>> {
  const { ctx, channel, lastEventId, signal } = options
  let waiting: StreamItem<Event>[] = []
  let ending: { error?: ApiError } | undefined
  let wake: (() => void) | undefined
  const close = (error?: ApiError) => {
    ending ??= error === undefined ? {} : { error }
    wake?.()
  }
  const onAbort = () => close()
  signal.addEventListener('abort', onAbort)
  const unwatch = ctx.live.access.watch(ctx, close)
  const reader = {
    take: (items: readonly StreamItem<Event>[]) => {
      waiting.push(...items)
      if (waiting.length > waitingMax) close(tooSlow())
      wake?.()
    },
    close,
  }
  const joined = channel.join(reader, lastEventId)
  try {
    if (joined === 'over') return
    while (true) {
      const items = waiting
      waiting = []
      for (const item of items) {
        if (signal.aborted || ending?.error !== undefined) break
        yield item
      }
      if (ending?.error !== undefined) throw ending.error
      if (signal.aborted || (ending !== undefined && waiting.length === 0)) return
      if (waiting.length === 0) await new Promise<void>((resolve) => (wake = resolve))
    }
  } finally {
    signal.removeEventListener('abort', onAbort)
    unwatch()
    if (joined !== 'over') joined.leave()
  }
}

function tooSlow(): ApiError {
  return new ApiError({ code: 'unavailable', message: 'Too much waits for this reader; read again' })
}
