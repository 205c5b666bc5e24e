import type { TRPC_ERROR_CODE_KEY } from '@trpc/server/rpc'
import type { ApiErrorCode } from './api-error.ts'

export interface ErrorStatus {
  http: number
  trpc: TRPC_ERROR_CODE_KEY
}

/** The one mapping from our codes to statuses; the compiler fails it when a code is forgotten. */
export function toErrorStatus(code: ApiErrorCode): ErrorStatus {
  switch (code) {
    case 'missing':
    case 'unknown-key':
    case 'revoked-key':
    case 'expired-key':
      return { http: 401, trpc: 'UNAUTHORIZED' }
    case 'forbidden':
    case 'cross-origin':
      return { http: 403, trpc: 'FORBIDDEN' }
    case 'not-found':
      return { http: 404, trpc: 'NOT_FOUND' }
    case 'invalid':
      return { http: 400, trpc: 'BAD_REQUEST' }
    case 'conflict':
      return { http: 409, trpc: 'CONFLICT' }
    case 'too-large':
      return { http: 413, trpc: 'PAYLOAD_TOO_LARGE' }
    case 'unsupported-media-type':
      return { http: 415, trpc: 'UNSUPPORTED_MEDIA_TYPE' }
    case 'method-not-allowed':
      return { http: 405, trpc: 'METHOD_NOT_SUPPORTED' }
    case 'unavailable':
      return { http: 503, trpc: 'SERVICE_UNAVAILABLE' }
    case 'timeout':
      return { http: 504, trpc: 'GATEWAY_TIMEOUT' }
    case 'rejected':
    case 'internal':
      return { http: 500, trpc: 'INTERNAL_SERVER_ERROR' }
  }
}
