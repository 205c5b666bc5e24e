import {
  ATTR_ERROR_TYPE,
  ATTR_EXCEPTION_MESSAGE,
  ATTR_EXCEPTION_STACKTRACE,
  ATTR_EXCEPTION_TYPE,
  ATTR_HTTP_RESPONSE_STATUS_CODE,
} from '@clew/semconv/attributes'
import type { Attributes } from '@opentelemetry/api'

import { readNumber, readRecord, readText } from './read.ts'
import { toJson } from './to-text.ts'

export interface ErrorDescription {
  type: string
  message: string
  /** Attributes of the span. */
  attributes: Attributes
  /** Attributes of the exception event. */
  exception: Attributes
}

/** What a thrown value says about itself; anything can be thrown. */
export function describeError(error: unknown): ErrorDescription {
  const record = readRecord(error)
  const type = typeOf(error)
  const message =
    (record === undefined ? undefined : readText(record['message'])) ??
    (typeof error === 'string' ? error : toJson(error))
  const stack = record === undefined ? undefined : readText(record['stack'])
  const status = record === undefined ? undefined : readNumber(record['status'])
  return {
    type,
    message,
    attributes: {
      [ATTR_ERROR_TYPE]: type,
      ...(status === undefined ? {} : { [ATTR_HTTP_RESPONSE_STATUS_CODE]: status }),
    },
    exception: {
      [ATTR_EXCEPTION_TYPE]: type,
      [ATTR_EXCEPTION_MESSAGE]: message,
      ...(stack === undefined ? {} : { [ATTR_EXCEPTION_STACKTRACE]: stack }),
    },
  }
}

function typeOf(error: unknown): string {
  if (!(error instanceof Error)) return error === null ? 'null' : typeof error
  return error.name === 'Error' && error.constructor.name !== '' ? error.constructor.name : error.name
}
