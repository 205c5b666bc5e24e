import type { ServerResponse } from 'node:http'

/** A reader that takes nothing for so long is cut off; it comes back with its last event id. */
const stalledMsMax = 30_000
const lookMs = 5000
/** A reader for whom so much waits is dropped; it comes back, and is told what it missed or where things stand. */
const waitingBytesMax = 1_000_000

interface OpenStream {
  stalledMs: number
  /** Written every other look, so that a line which is dead is noticed. */
  heartbeat: string | undefined
}

/** The responses that stay open. At a stop they are cut, so that their readers come back to the next process. */
export class OpenStreams {
  readonly #streams = new Map<ServerResponse, OpenStream>()
  #timer: NodeJS.Timeout | undefined
  #looks = 0

  /** Keeps the response until it closes, and cuts it off when its reader stalls or falls too far behind. */
  add(res: ServerResponse, options: { heartbeat?: string } = {}): void {
    this.#streams.set(res, { stalledMs: 0, heartbeat: options.heartbeat })
    this.#timer ??= setInterval(() => this.#look(), lookMs)
    this.#timer.unref()
    res.once('close', () => this.#remove(res))
  }

  /** Drops a reader for whom too much waits already; one event, a whole run included, may be of any size. */
  write(res: ServerResponse, bytes: Buffer): void {
    if (res.destroyed) return
    if (res.writableLength > waitingBytesMax) res.destroy()
    else res.write(bytes)
  }

  closeAll(): void {
    for (const res of this.#streams.keys()) res.destroy()
  }

  #remove(res: ServerResponse): void {
    this.#streams.delete(res)
    if (this.#streams.size > 0) return
    clearInterval(this.#timer)
    this.#timer = undefined
  }

  #look(): void {
    this.#looks += 1
    for (const [res, stream] of this.#streams) {
      const { writableNeedDrain } = res
      stream.stalledMs = writableNeedDrain ? stream.stalledMs + lookMs : 0
      if (stream.stalledMs >= stalledMsMax) res.destroy()
      else if (!writableNeedDrain && stream.heartbeat !== undefined && this.#looks % 2 === 0) {
        res.write(stream.heartbeat)
      }
    }
  }
}
