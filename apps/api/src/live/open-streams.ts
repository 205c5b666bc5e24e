import type { ServerResponse } from 'node:http'

/** A reader that takes nothing for so long is cut off; it comes back with its last event id. */
const stalledMsMax = 30_000
const lookMs = 5000

/** The responses that stay open. At a stop they are cut, so that their readers come back to the next process. */
export class OpenStreams {
  readonly #streams = new Set<ServerResponse>()

  /** Keeps the response until it closes, and cuts it off when its reader stalls. */
  add(res: ServerResponse): void {
    this.#streams.add(res)
    let stalledMs = 0
    const timer = setInterval(() => {
      stalledMs = res.writableNeedDrain ? stalledMs + lookMs : 0
      if (stalledMs >= stalledMsMax) res.destroy()
    }, lookMs)
    timer.unref()
    res.once('close', () => {
      clearInterval(timer)
      this.#streams.delete(res)
    })
  }

  closeAll(): void {
    for (const res of this.#streams) res.destroy()
  }
}
