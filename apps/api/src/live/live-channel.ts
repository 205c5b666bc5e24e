import { randomBytes } from 'node:crypto'
import type { ApiError } from '../api-error.ts'
import { parseCursor, toCursor } from './stream-cursor.ts'
import { wires, type WireName } from './wires.ts'

/** An event in its place, written once however many read it. */
export interface StreamItem<Event> {
  n: number
  /** Resume after this one. */
  id: string
  event: Event
  bytes(wire: WireName): Buffer
}

export interface ChannelReader<Event> {
  take(items: readonly StreamItem<Event>[]): void
  /** Nothing more comes; with an error when it did not end by itself. */
  close(error?: ApiError): void
}

/** What someone is told who knows nothing, or nothing that this channel remembers. */
export type Opening<Event> = (at: { n: number; isComingBack: boolean }) => {
  events: readonly Event[]
  /** Items after this number follow. */
  after: number
}

/**
 * One subject, read once and told to all of its readers. Invariant: a reader is told every item after its cursor once
 * and in order, whether it is cut and comes back or not; who comes with an unknown cursor gets the opening.
 */
export class LiveChannel<Event extends { type: string }> {
  readonly id = randomBytes(4).toString('hex')
  readonly #opening: Opening<Event>
  readonly #itemsMax: number
  readonly #readers = new Set<ChannelReader<Event>>()
  #items: StreamItem<Event>[] = []
  #n = 0
  #isOver = false
  #onIdle: () => void = () => {}

  constructor(options: { opening: Opening<Event>; itemsMax: number }) {
    this.#opening = options.opening
    this.#itemsMax = options.itemsMax
  }

  get isOver(): boolean {
    return this.#isOver
  }

  get readerCount(): number {
    return this.#readers.size
  }

  /** Called each time when the last reader has left. */
  onIdle(listener: () => void): void {
    this.#onIdle = listener
  }

  /** Numbers the events and tells them; gives them back as they were told. */
  publish(makers: readonly ((seq: number) => Event)[]): Event[] {
    if (makers.length === 0) return []
    const items = makers.map((make) => {
      this.#n += 1
      return toItem({ n: this.#n, channelId: this.id, event: make(this.#n) })
    })
    this.#items.push(...items)
    if (this.#items.length > this.#itemsMax * 1.25) this.#items = this.#items.slice(-this.#itemsMax)
    for (const reader of this.#readers) reader.take(items)
    return items.map(({ event }) => event)
  }

  /** Tells the last event and closes. */
  end(make: (seq: number) => Event): void {
    this.publish([make])
    this.#close()
  }

  fail(error: ApiError): void {
    this.#close(error)
  }

  /** `over` when the reader knows the end already. */
  join(reader: ChannelReader<Event>, lastEventId?: string | null): { leave: () => void } | 'over' {
    const cursor = parseCursor(lastEventId)
    const isKnown = cursor?.channelId === this.id && cursor.n <= this.#n && cursor.n >= this.#firstN() - 1
    if (isKnown && this.#isOver && cursor.n === this.#n) return 'over'
    if (isKnown) this.#give(reader, cursor.n)
    else {
      const isComingBack = lastEventId !== undefined && lastEventId !== null && lastEventId !== ''
      // The end keeps a number of its own, so that who is cut before it asks for it again.
      const { events, after } = this.#opening({ n: this.#isOver ? this.#n - 1 : this.#n, isComingBack })
      const items = events.map((event) => toItem({ n: after, channelId: this.id, event }))
      if (items.length > 0) reader.take(items)
      this.#give(reader, after)
    }
    if (this.#isOver) {
      reader.close()
      return { leave: () => {} }
    }
    this.#readers.add(reader)
    return { leave: () => this.#leave(reader) }
  }

  #firstN(): number {
    return this.#items[0]?.n ?? this.#n + 1
  }

  #give(reader: ChannelReader<Event>, after: number): void {
    const items = this.#items.slice(Math.max(0, after + 1 - this.#firstN()))
    if (items.length > 0) reader.take(items)
  }

  #leave(reader: ChannelReader<Event>): void {
    if (this.#readers.delete(reader) && this.#readers.size === 0) this.#onIdle()
  }

  #close(error?: ApiError): void {
    if (this.#isOver) return
    this.#isOver = true
    const readers = [...this.#readers]
    this.#readers.clear()
    for (const reader of readers) reader.close(error)
  }
}

function toItem<Event extends { type: string }>(of: {
  n: number
  channelId: string
  event: Event
}): StreamItem<Event> {
  const { n, channelId, event } = of
  const id = toCursor({ n, channelId })
  const written = new Map<WireName, Buffer>()
  return {
    n,
    id,
    event,
    bytes: (wire) => {
      const known = written.get(wire)
      if (known !== undefined) return known
      const bytes = Buffer.from(wires[wire].toText({ id, type: event.type, data: event }))
      written.set(wire, bytes)
      return bytes
    },
  }
}
