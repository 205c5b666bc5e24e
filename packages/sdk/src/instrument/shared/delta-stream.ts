import {
  ATTR_CLEW_DELTA_CHANNEL,
  ATTR_CLEW_DELTA_SEQ,
  ATTR_CLEW_DELTA_TEXT,
  EVENT_CLEW_DELTA,
} from '@clew/semconv/attributes'
import type { Span } from '@opentelemetry/api'

import { sdkState } from '../../provider/sdk-state.ts'
import { sendLog } from '../../spans/send-log.ts'

export type DeltaChannel = 'text' | 'arguments' | 'reasoning'

export interface Delta {
  channel: DeltaChannel
  text: string
}

/** At most so often a piece of a streamed answer is sent. */
const intervalMs = 150
/** Beyond this the snapshots of the span have to do. */
const longestText = 60_000

/**
 * Sends a streamed answer in pieces while it comes. Each piece is what the redacted whole has gained, and ends
 * where a word ends, so that a secret is seen whole before any of it leaves; where redaction reaches back into
 * what was sent, nothing more is sent.
 */
export class DeltaStream {
  readonly #span: Span
  readonly #channels = new Map<DeltaChannel, { whole: string; sent: string }>()
  #seq = 0
  #lastAt = 0
  #isStopped: boolean

  constructor(span: Span) {
    this.#span = span
    this.#isStopped = sdkState().pipeline?.sendsDeltas !== true
  }

  push({ channel, text }: Delta): void {
    if (this.#isStopped) return
    const state = this.#channels.get(channel) ?? { whole: '', sent: '' }
    this.#channels.set(channel, state)
    state.whole += text
    if (state.whole.length > longestText) this.#isStopped = true
    const now = performance.now()
    if (now - this.#lastAt < intervalMs) return
    this.#lastAt = now
    for (const name of this.#channels.keys()) this.#send(name, wordEnd(this.#channels.get(name)?.whole ?? ''))
  }

  end(): void {
    for (const [name, { whole }] of this.#channels) this.#send(name, whole.length)
    this.#isStopped = true
  }

  #send(channel: DeltaChannel, end: number): void {
    const { pipeline } = sdkState()
    const state = this.#channels.get(channel)
    if (this.#isStopped || state === undefined || pipeline === undefined) return
    const redacted = pipeline.redact(state.whole.slice(0, end))
    if (!redacted.startsWith(state.sent)) {
      this.#isStopped = true
      return
    }
    const gained = redacted.slice(state.sent.length)
    if (gained === '') return
    state.sent = redacted
    sendLog({
      span: this.#span,
      eventName: EVENT_CLEW_DELTA,
      body: '',
      attributes: {
        [ATTR_CLEW_DELTA_SEQ]: this.#seq,
        [ATTR_CLEW_DELTA_CHANNEL]: channel,
        [ATTR_CLEW_DELTA_TEXT]: gained,
      },
    })
    this.#seq += 1
  }
}

function wordEnd(text: string): number {
  for (let at = text.length - 1; at >= 0; at -= 1) if (/[\s,}\]]/.test(text.charAt(at))) return at + 1
  return 0
}
