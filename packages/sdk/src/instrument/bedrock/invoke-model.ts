import type { Attributes } from '@opentelemetry/api'

import { readRecord, readText } from '../../values/read.ts'
import type { ForeignRecord } from '../../values/read.ts'
import { accumulateMessage } from '../anthropic/accumulate-message.ts'
import { toMessageResponseAttributes, toMessagesRequestAttributes } from '../anthropic/messages.ts'
import type { Accumulator } from '../shared/observe-call.ts'

/** `InvokeModel` carries the model's own JSON; Anthropic's is read, others are kept as they are. */
export function toInvokeRequestAttributes(input: ForeignRecord): Attributes {
  const body = parseBody(input['body'])
  if (body === undefined) return {}
  return isMessages(body) ? toMessagesRequestAttributes(body) : { 'input.value': JSON.stringify(body) }
}

export function toInvokeResponseAttributes(value: unknown): Attributes {
  const body = parseBody(readRecord(value)?.['body'])
  if (body === undefined) return {}
  return body['type'] === 'message'
    ? toMessageResponseAttributes(body)
    : { 'output.value': JSON.stringify(body) }
}

/** Gathers the events of a streamed invocation, each of which carries bytes of JSON. */
export function accumulateInvoked(): Accumulator {
  const message = accumulateMessage()
  return {
    add: (value) => message.add(parseBody(readRecord(readRecord(value)?.['chunk'])?.['bytes'])),
    attributes: () => message.attributes(),
  }
}

function isMessages(body: ForeignRecord): boolean {
  return Array.isArray(body['messages']) && readText(body['anthropic_version']) !== undefined
}

function parseBody(body: unknown): ForeignRecord | undefined {
  const text = body instanceof Uint8Array ? new TextDecoder().decode(body) : readText(body)
  if (text === undefined) return undefined
  try {
    return readRecord(JSON.parse(text))
  } catch {
    return undefined
  }
}
