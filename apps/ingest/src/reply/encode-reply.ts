import protobuf from 'protobufjs/minimal.js'
import type { BodyFormat } from '../request/parse-content.ts'
import type { Signal } from '../request/route.ts'

/** What of a request was not stored; `message` alone, with no rejects, is a warning. */
export interface PartialSuccess {
  rejectedCount: number
  message: string
}

const rejectedFields = {
  traces: 'rejectedSpans',
  logs: 'rejectedLogRecords',
  metrics: 'rejectedDataPoints',
} as const

/** An `Export…ServiceResponse` of the signal: empty when everything was stored. */
export function encodeSuccess(args: {
  format: BodyFormat
  signal: Signal
  partial?: PartialSuccess
}): Uint8Array {
  const { format, signal, partial } = args
  if (format === 'json') {
    const partialSuccess = partial && {
      [rejectedFields[signal]]: String(partial.rejectedCount),
      errorMessage: partial.message,
    }
    return Buffer.from(JSON.stringify(partialSuccess === undefined ? {} : { partialSuccess }))
  }
  const writer = protobuf.Writer.create()
  if (partial !== undefined) {
    writer.uint32(0x0a).fork()
    if (partial.rejectedCount > 0) writer.uint32(0x08).int64(partial.rejectedCount)
    if (partial.message !== '') writer.uint32(0x12).string(partial.message)
    writer.ldelim()
  }
  return writer.finish()
}

/** A `google.rpc.Status`, which OTLP/HTTP puts in the body of every refusal. */
export function encodeStatus(args: { format: BodyFormat; code: number; message: string }): Uint8Array {
  const { format, code, message } = args
  if (format === 'json') return Buffer.from(JSON.stringify({ code, message }))
  return protobuf.Writer.create().uint32(0x08).int32(code).uint32(0x12).string(message).finish()
}
