/** Every code that a caller of the API can meet. */
export type ApiErrorCode =
  | 'missing'
  | 'unknown-key'
  | 'revoked-key'
  | 'expired-key'
  | 'forbidden'
  | 'cross-origin'
  | 'not-found'
  | 'invalid'
  | 'conflict'
  | 'too-large'
  | 'unsupported-media-type'
  | 'method-not-allowed'
  | 'unavailable'
  | 'timeout'
  | 'rejected'
  | 'internal'

/** An outcome that a caller may read: its message was written for them. */
export class ApiError extends Error {
  readonly code: ApiErrorCode
  /** The input field at fault, when one is. */
  readonly field: string | undefined

  constructor(options: { code: ApiErrorCode; message: string; field?: string }) {
    super(options.message)
    this.name = 'ApiError'
    this.code = options.code
    this.field = options.field
  }
}

interface Failure {
  code: ApiErrorCode
  message: string
  field?: string | undefined
}

/** The value of a result, or its failure as an `ApiError`. */
export function unwrap<Value>(result: { ok: true; value: Value } | { ok: false; error: Failure }): Value {
  if (result.ok) return result.value
  const { code, message, field } = result.error
  throw new ApiError({ code, message, ...(field === undefined ? {} : { field }) })
}

/** The value, or `not-found` naming what was looked for. */
export function found<Value>(value: Value | undefined, what: string): Value {
  if (value === undefined) throw new ApiError({ code: 'not-found', message: `There is no such ${what}` })
  return value
}
