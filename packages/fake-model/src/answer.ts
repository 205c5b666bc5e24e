import type { ServerResponse } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'

import type { FakeReply } from './reply.ts'
import type { FakeRequest } from './request.ts'
import type { CountedUsage } from './tokens.ts'

/** How long the fake takes: before the first token, and between the chunks of a stream. */
export interface FakeLatency {
  firstTokenMs: number
  chunkMs: number
}

/** Everything that a face of the fake (chat, responses, messages ...) needs to answer one request. */
export interface Answer {
  request: FakeRequest
  reply: FakeReply
  usage: CountedUsage
  /** Unique within the server, stable in order. */
  id: string
  createdAtSeconds: number
}

/** Thrown inside a stream when the script cuts the connection. */
export class ConnectionCut extends Error {}

/** An SSE stream with the reply's pace and its cut. */
export class EventStream {
  readonly #response: ServerResponse
  readonly #delayMs: number
  readonly #cutAfter: number
  #sent = 0

  constructor(args: {
    response: ServerResponse
    answer: Answer
    latency: FakeLatency
    headers: { [name: string]: string }
  }) {
    const { fault, chunkDelayMs } = args.answer.reply
    this.#response = args.response
    this.#delayMs = chunkDelayMs ?? args.latency.chunkMs
    this.#cutAfter = fault?.kind === 'cut' ? (fault.afterChunks ?? 3) : Number.POSITIVE_INFINITY
    args.response.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache',
      ...args.headers,
    })
  }

  /** Sends one event; waits the chunk delay first, unless it is the first. */
  async send(data: unknown, event?: string): Promise<void> {
    if (this.#sent > 0 && this.#delayMs > 0) await wait(this.#delayMs)
    if (this.#sent >= this.#cutAfter || this.#response.destroyed) {
      this.#response.destroy()
      throw new ConnectionCut('the script cuts the connection here')
    }
    this.#sent += 1
    const name = event === undefined ? '' : `event: ${event}\n`
    const text = `${name}data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`
    await new Promise<void>((resolve) => this.#response.write(text, () => resolve()))
  }

  end(): void {
    this.#response.end()
  }
}

/** Splits text as models stream it: a word with the space before it. */
export function toChunks(text: string): string[] {
  return text.match(/\s*\S+\s*$|\s*\S+/g) ?? (text === '' ? [] : [text])
}

/** Sends one JSON body. */
export function sendJson(args: {
  response: ServerResponse
  status: number
  body: unknown
  headers?: { [name: string]: string }
}): void {
  const text = JSON.stringify(args.body)
  args.response.writeHead(args.status, {
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(text)),
    ...args.headers,
  })
  args.response.end(text)
}
