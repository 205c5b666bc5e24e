import type { TRPCDefaultErrorShape, TRPCError } from '@trpc/server'
import { ZodError } from 'zod'
import { ApiError, type ApiErrorCode } from '../api-error.ts'

export interface ApiErrorShape extends TRPCDefaultErrorShape {
  data: TRPCDefaultErrorShape['data'] & {
    /** Our own code, finer than the status. */
    reason: ApiErrorCode
    field?: string
  }
}

/** Only messages written for callers pass; anything else reads as an internal error. */
export function formatError(options: { error: TRPCError; shape: TRPCDefaultErrorShape }): ApiErrorShape {
  const { error, shape } = options
  const { code, httpStatus, path } = shape.data
  const known = describe(error)
  return {
    code: shape.code,
    message: known.message,
    data: {
      code,
      httpStatus,
      ...(path === undefined ? {} : { path }),
      reason: known.reason,
      ...(known.field === undefined ? {} : { field: known.field }),
    },
  }
}

interface Description {
  message: string
  reason: ApiErrorCode
  field?: string | undefined
}

function describe({ cause, code, message }: TRPCError): Description {
  if (cause instanceof ApiError) return { message: cause.message, reason: cause.code, field: cause.field }
  if (cause instanceof ZodError) return describeIssue(cause)
  return ownErrors.get(code)?.(message) ?? { message: 'Something went wrong on our side', reason: 'internal' }
}

/** What tRPC itself answers with; its other messages may name internals and don't pass. */
const ownErrors = new Map<TRPCError['code'], (message: string) => Description>([
  ['NOT_FOUND', () => ({ message: 'There is no such procedure', reason: 'not-found' })],
  ['METHOD_NOT_SUPPORTED', (message) => ({ message, reason: 'method-not-allowed' })],
  ['UNSUPPORTED_MEDIA_TYPE', (message) => ({ message, reason: 'unsupported-media-type' })],
  ['PAYLOAD_TOO_LARGE', () => ({ message: 'The request is too large', reason: 'too-large' })],
  ['PARSE_ERROR', () => ({ message: 'The request could not be read', reason: 'invalid' })],
  ['BAD_REQUEST', () => ({ message: 'The request could not be read', reason: 'invalid' })],
])

function describeIssue(error: ZodError): Description {
  const issue = error.issues[0]
  if (issue === undefined) return { message: 'The input is not valid', reason: 'invalid' }
  const field = issue.path.join('.')
  return field === ''
    ? { message: issue.message, reason: 'invalid' }
    : { message: `${field}: ${issue.message}`, reason: 'invalid', field }
}
