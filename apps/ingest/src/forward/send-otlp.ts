import { gzip } from 'node:zlib'
import { promisify } from 'node:util'

export type SendOutcome =
  | { kind: 'sent'; rejected: number }
  /** It may be taken later: the network failed, or the collector is busy. */
  | { kind: 'retry'; reason: string; afterMs?: number }
  /** It will never be taken. */
  | { kind: 'refused'; reason: string }

export type SendOtlp = (request: { signal: 'traces' | 'logs'; body: string }) => Promise<SendOutcome>

const compress = promisify(gzip)
const retryable = new Set([408, 429, 502, 503, 504])
const retryAfterMsMax = 60_000

/** Sends OTLP/JSON, gzipped, to `<url>/v1/<signal>` as the OTLP specification has it. */
export function createSendOtlp(target: {
  url: string
  headers: Readonly<Record<string, string>>
  timeoutMs?: number
}): SendOtlp {
  const { url, headers, timeoutMs = 10_000 } = target
  return async ({ signal, body }) => {
    try {
      const response = await fetch(`${url}/v1/${signal}`, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json', 'content-encoding': 'gzip' },
        body: new Uint8Array(await compress(body)),
        redirect: 'error',
        signal: AbortSignal.timeout(timeoutMs),
      })
      return await toOutcome(response)
    } catch (error) {
      return { kind: 'retry', reason: error instanceof Error ? error.message : 'the network failed' }
    }
  }
}

async function toOutcome(response: Response): Promise<SendOutcome> {
  const text = await response.text()
  if (response.ok) return { kind: 'sent', rejected: readRejected(text) }
  const reason = `HTTP ${response.status}`
  if (!retryable.has(response.status)) return { kind: 'refused', reason }
  const afterMs = readRetryAfter(response.headers.get('retry-after'))
  return { kind: 'retry', reason, ...(afterMs === undefined ? {} : { afterMs }) }
}

function readRetryAfter(header: string | null): number | undefined {
  const seconds = Number(header)
  return header === null || !Number.isFinite(seconds) || seconds < 0
    ? undefined
    : Math.min(seconds * 1000, retryAfterMsMax)
}

/** Of a `partial_success`; a collector that answers in another form has taken all. */
function readRejected(text: string): number {
  const match = /"rejected(?:Spans|LogRecords)"\s*:\s*"?(\d{1,9})/.exec(text)
  return Number(match?.[1] ?? 0)
}
