import { errorOf, type Logger } from '@clew/runtime'
import { ApiError } from '../api-error.ts'
import { toApiError } from '../to-api-error.ts'
import type { LiveChannel } from './live-channel.ts'
import { parseCursor } from './stream-cursor.ts'

/** Reads the subject for the first time, and gives what then follows it until it is over or nobody reads. */
export type Producer<Event extends { type: string }> = (signal: AbortSignal) => Promise<{
  channel: LiveChannel<Event>
  follow: () => Promise<void>
}>

/** A reader who was cut comes back within this time and is told just what it missed. */
const lingerMs = 30_000

/**
 * The channels of this process, one a subject. Invariant: a subject is followed once, from its first reader until
 * half a minute after its last; what has ended is remembered as long for those who come back.
 */
export class LiveChannels<Event extends { type: string }> {
  readonly #logger: Logger
  readonly #byKey = new Map<string, Promise<LiveChannel<Event>>>()
  readonly #ended = new Map<string, { key: string; channel: LiveChannel<Event> }>()
  readonly #stops = new Set<AbortController>()

  constructor({ logger }: { logger: Logger }) {
    this.#logger = logger
  }

  /** Rejects when the subject cannot be read. */
  async open(options: {
    key: string
    lastEventId?: string | null | undefined
    produce: Producer<Event>
  }): Promise<LiveChannel<Event>> {
    const { key, lastEventId, produce } = options
    const ended = this.#ended.get(parseCursor(lastEventId)?.channelId ?? '')
    if (ended?.key === key) return ended.channel
    const running = this.#byKey.get(key)
    if (running !== undefined) return await running
    const starting = this.#start(key, produce)
    this.#byKey.set(key, starting)
    starting.catch(() => this.#byKey.delete(key))
    return await starting
  }

  stopAll(): void {
    for (const stop of this.#stops) stop.abort()
  }

  async #start(key: string, produce: Producer<Event>): Promise<LiveChannel<Event>> {
    const stop = new AbortController()
    this.#stops.add(stop)
    try {
      const { channel, follow } = await produce(stop.signal)
      stopWhenIdle(channel, stop)
      void this.#run({ key, channel, follow, stop })
      return channel
    } catch (thrown) {
      this.#stops.delete(stop)
      stop.abort()
      throw thrown
    }
  }

  async #run(of: {
    key: string
    channel: LiveChannel<Event>
    follow: () => Promise<void>
    stop: AbortController
  }): Promise<void> {
    const { key, channel, follow, stop } = of
    try {
      await follow()
    } catch (thrown) {
      const known = toApiError(thrown)
      if (known === undefined) this.#logger.error('stream failed', { error: errorOf(thrown) })
      channel.fail(known ?? new ApiError({ code: 'internal', message: 'Something went wrong on our side' }))
    } finally {
      stop.abort()
      this.#stops.delete(stop)
      this.#byKey.delete(key)
      if (channel.isOver) this.#remember(key, channel)
    }
  }

  #remember(key: string, channel: LiveChannel<Event>): void {
    this.#ended.set(channel.id, { key, channel })
    setTimeout(() => this.#ended.delete(channel.id), lingerMs).unref()
  }
}

function stopWhenIdle<Event extends { type: string }>(
  channel: LiveChannel<Event>,
  stop: AbortController,
): void {
  let timer: NodeJS.Timeout | undefined
  const wait = () => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      if (channel.readerCount === 0) stop.abort()
    }, lingerMs)
    timer.unref()
  }
  channel.onIdle(wait)
  wait()
}
