import type { ClewErrorCode } from '../errors.ts'
import { readNumber, readRecord, readText } from '../values/read.ts'
import type { OtlpReply } from './otlp-reply.ts'

/** Statuses after which the same request may succeed; 0 means that no answer came. */
export function isRetryable(status: number): boolean {
  return (
    status === 0 || status === 408 || status === 429 || status === 502 || status === 503 || status === 504
  )
}

/** The `partialSuccess` of an OTLP reply, where anything was rejected. */
export function parseRejected(body: string): { count: number; message: string } | undefined {
  if (!body.includes('artial')) return undefined
  try {
    const reply = readRecord(JSON.parse(body))
    const partial = readRecord(reply?.['partialSuccess'] ?? reply?.['partial_success'])
    const count = readNumber(
      partial?.['rejectedSpans'] ?? partial?.['rejectedLogRecords'] ?? partial?.['rejected_spans'],
    )
    return count === undefined || count === 0
      ? undefined
      : { count, message: readText(partial?.['errorMessage']) ?? '' }
  } catch {
    return undefined
  }
}

/** What a refusal means, in one sentence that says what to do. */
export function describeRefusal(args: { reply: OtlpReply; endpoint: string }): {
  code: ClewErrorCode
  message: string
} {
  const { reply } = args
  const endpoint = args.endpoint.replace(/\/\/[^@/]*@/, '//')
  const said = reply.body.trim() === '' ? '' : `: ${reply.body.trim().slice(0, 300)}`
  switch (reply.status) {
    case 0:
      return {
        code: 'unreachable',
        message: `${endpoint} can't be reached (${reply.cause ?? 'no answer'}). Is Clew running there? Spans wait and are sent when it answers.`,
      }
    case 401:
    case 403:
      return {
        code: 'unauthorised',
        message: `${endpoint} refused the key (${reply.status})${said}. Check CLEW_OTLP_TOKEN.`,
      }
    case 404:
      return {
        code: 'rejected',
        message: `${endpoint} has no OTLP receiver (404). Check CLEW_OTLP_ENDPOINT; it takes the base URL.`,
      }
    case 413:
      return { code: 'too-large', message: `a span was too large for ${endpoint} (413) and is lost${said}` }
    case 429:
    case 502:
    case 503:
    case 504:
      return {
        code: 'overloaded',
        message: `${endpoint} is busy (${reply.status}); spans wait and are sent again`,
      }
    default:
      return { code: 'rejected', message: `${endpoint} refused spans (${reply.status})${said}` }
  }
}
