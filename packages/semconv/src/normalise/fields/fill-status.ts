import type { SpanStatus } from '../../span/canonical.ts'
import type { DecodedEvent, OtlpStatusCode } from '../../span/decoded.ts'
import { keyList } from '../key-list.ts'
import { type Draft, type Fact, firstText, note } from '../draft.ts'
import { toText } from '../value.ts'

const statusOf: { readonly [code in OtlpStatusCode]: SpanStatus } = { 0: 'unset', 1: 'ok', 2: 'error' }

/** Dialects that record a failure as an exception event and leave the status alone. */
const exceptionMeansError = new Set(['langsmith', 'laminar'])

const typeKeys = keyList('error.type', 'exception.type', 'error_class')
const messageKeys = keyList(
  'langfuse.observation.status_message',
  'exception.message',
  'error.message',
  'error',
)

/** Sets status, statusMessage, errorType and errorMessage; a vendor's own mark of failure counts as error. */
export function fillStatus(draft: Draft): void {
  const { span, out, facts } = draft
  const exception = span.events.find((event) => event.name === 'exception')
  out.status = statusOf[span.statusCode]
  if (span.statusMessage !== undefined && span.statusMessage !== '') out.statusMessage = span.statusMessage
  const mark = out.status === 'error' ? undefined : failureMark(draft, exception)
  if (mark !== undefined) {
    out.status = 'error'
    note(draft, 'status', mark)
  }
  if (out.status !== 'error') return
  const type = firstText(draft, typeKeys) ?? facts.errorType ?? fromEvent(exception, 'exception.type')
  if (type !== undefined) {
    out.errorType = type.value
    note(draft, 'errorType', type)
  }
  const message =
    fromStatus(draft) ??
    fromEvent(exception, 'exception.message') ??
    facts.errorMessage ??
    firstText(draft, messageKeys)
  if (message === undefined) return
  out.errorMessage = message.value
  note(draft, 'errorMessage', message)
}

function failureMark(draft: Draft, exception: DecodedEvent | undefined): Fact<boolean> | undefined {
  const { attributes, facts } = draft
  if (facts.failed?.value === true) return facts.failed
  if (attributes['langfuse.observation.level'] === 'ERROR') return failed('langfuse.observation.level')
  if (attributes['genkit:state'] === 'error') return failed('genkit:state')
  if (attributes['success'] === false || attributes['success'] === 'false') return failed('success')
  if (attributes['lk.function_tool.is_error'] === true) return failed('lk.function_tool.is_error')
  if (exception === undefined || !exceptionMeansError.has(draft.dialect)) return undefined
  return failed('exception')
}

function failed(key: string): Fact<boolean> {
  return { value: true, key, rule: 'failure' }
}

function fromStatus(draft: Draft): Fact<string> | undefined {
  const message = draft.out.statusMessage
  return message === undefined ? undefined : { value: message, key: 'status', rule: 'message' }
}

function fromEvent(event: DecodedEvent | undefined, key: string): Fact<string> | undefined {
  const value = toText(event?.attributes[key])
  return value === undefined ? undefined : { value, key, rule: 'event' }
}
