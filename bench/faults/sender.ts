import { setTimeout as sleep } from 'node:timers/promises'
import type { Batches } from './batches.ts'
import { apiKey } from './rig.ts'

/** What was acknowledged, by number of the batch, and how each request was answered. */
export interface Ledger {
  sent: number
  acknowledged: Set<number>
  /** By HTTP status; `0` is a connection that broke. */
  answers: Map<number, number>
  waitMsMax: number
}

export function openLedger(): Ledger {
  return { sent: 0, acknowledged: new Set(), answers: new Map(), waitMsMax: 0 }
}

/** Posts one body; undefined when the connection broke, so that nobody knows what became of it. */
export async function post(
  url: string,
  body: Buffer,
): Promise<{ status: number; text: string; retryAfter: number } | undefined> {
  try {
    const response = await fetch(`${url}/v1/traces`, {
      method: 'POST',
      body,
      headers: {
        authorization: `Bearer ${apiKey}`,
        'content-type': 'application/x-protobuf',
        'content-encoding': 'gzip',
      },
    })
    const text = await response.text()
    return { status: response.status, text, retryAfter: Number(response.headers.get('retry-after') ?? 0) }
  } catch {
    return undefined
  }
}

/**
 * Sends batch after batch from several connections at once until told to stop, each until it is acknowledged, as
 * a well-behaved exporter does; a broken connection ends the batch, acknowledged by nobody.
 */
export async function send(options: {
  url: string
  batches: Batches
  ledger: Ledger
  atOnce: number
  isOver: () => boolean
  /** Between two batches of one connection. */
  pauseMs?: number
}): Promise<void> {
  const { url, batches, ledger, atOnce, isOver, pauseMs = 0 } = options
  const sendOne = async (): Promise<void> => {
    ledger.sent += 1
    const number = ledger.sent
    const body = await batches.body(number)
    const startedMs = performance.now()
    for (;;) {
      const answer = await post(url, body)
      ledger.answers.set(answer?.status ?? 0, (ledger.answers.get(answer?.status ?? 0) ?? 0) + 1)
      if (answer === undefined) return
      if (answer.status === 200) break
      if ((answer.status !== 429 && answer.status !== 503) || isOver()) return
      await sleep(Math.min(answer.retryAfter, 1) * 1000)
    }
    ledger.acknowledged.add(number)
    ledger.waitMsMax = Math.max(ledger.waitMsMax, performance.now() - startedMs)
  }
  const connection = async (): Promise<void> => {
    while (!isOver()) {
      await sendOne()
      if (pauseMs > 0) await sleep(pauseMs)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, connection))
}
