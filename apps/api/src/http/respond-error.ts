import type { ServerResponse } from 'node:http'
import { errorOf, respondJson, type Logger } from '@clew/runtime'
import { ApiError } from '../api-error.ts'
import { toErrorStatus } from '../error-status.ts'
import { toApiError } from '../to-api-error.ts'

/** Answers `{ error: { code, message } }`; what is not meant for callers is logged and reads as internal. */
export function respondError(options: { res: ServerResponse; thrown: unknown; logger: Logger }): void {
  const { res, thrown, logger } = options
  const known = toApiError(thrown)
  if (known === undefined) logger.error('request failed', { error: errorOf(thrown) })
  const error = known ?? new ApiError({ code: 'internal', message: 'Something went wrong on our side' })
  const status = toErrorStatus(error.code).http
  respondJson(res, {
    status,
    body: toErrorBody(error),
    headers: {
      ...(status === 401 ? { 'www-authenticate': 'Bearer realm="clew"' } : {}),
      ...(status === 503 ? { 'retry-after': '2' } : {}),
      ...(status === 413 ? { connection: 'close' } : {}),
    },
  })
}

/** An error as every HTTP face of ours writes it. */
export function toErrorBody(error: ApiError) {
  const { code, message, field } = error
  return { error: { code, message, ...(field === undefined ? {} : { field }) } }
}
