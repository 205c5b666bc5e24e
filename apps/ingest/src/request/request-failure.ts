/** Why a request as a whole is not taken; the message is for its sender. */
export interface RequestFailure {
  code:
    | 'unauthenticated'
    | 'forbidden'
    | 'unsupported-media'
    | 'unsupported-encoding'
    | 'broken-body'
    | 'too-large'
    | 'too-slow'
    | 'overloaded'
    | 'rate-limited'
    | 'unavailable'
    | 'refused'
    | 'gone'
  message: string
  retryAfterSeconds?: number
}

/** Refused because too much is waiting already; the sender shall come back. */
export const overloaded: RequestFailure = {
  code: 'overloaded',
  message: 'Too much is waiting to be written; try again later',
  retryAfterSeconds: 2,
}

interface FailureStatus {
  http: number
  /** A code of google.rpc.Code. */
  rpc: number
}

/** The HTTP status and the RPC code of a failure; clients retry 429 and 503 only, as OTLP/HTTP has it. */
export function statusOf(code: RequestFailure['code']): FailureStatus {
  switch (code) {
    case 'unauthenticated':
      return { http: 401, rpc: 16 }
    case 'forbidden':
      return { http: 403, rpc: 7 }
    case 'unsupported-media':
    case 'unsupported-encoding':
      return { http: 415, rpc: 3 }
    case 'broken-body':
      return { http: 400, rpc: 3 }
    case 'too-large':
      return { http: 413, rpc: 3 }
    case 'too-slow':
    case 'gone':
      return { http: 408, rpc: 4 }
    case 'overloaded':
    case 'rate-limited':
      return { http: 429, rpc: 8 }
    case 'unavailable':
      return { http: 503, rpc: 14 }
    case 'refused':
      return { http: 500, rpc: 13 }
    default:
      return code satisfies never
  }
}
