import { fail, ok, type Result } from '@clew/domain'
import type { DecodedEvent, DecodedLink, DecodedScope } from '@clew/semconv/span'
import { toAnyValue, toAttributes } from './json-any-value.ts'
import {
  ContractError,
  fieldOf,
  toCount,
  toEnum,
  toList,
  toNanoseconds,
  toObject,
  toText,
  type Field,
  type JsonObject,
} from './json-contract.ts'
import {
  emptyLog,
  emptySpan,
  type BrokenBody,
  type ReceivedGroup,
  type ReceivedLog,
  type ReceivedSpan,
} from './received.ts'

const spanKindNames = ['UNSPECIFIED', 'INTERNAL', 'SERVER', 'CLIENT', 'PRODUCER', 'CONSUMER'].map(
  (name) => `SPAN_KIND_${name}`,
)
const statusCodeNames = ['UNSET', 'OK', 'ERROR'].map((name) => `STATUS_CODE_${name}`)
const severityNames = [
  'SEVERITY_NUMBER_UNSPECIFIED',
  ...['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'].flatMap((name) =>
    ['', '2', '3', '4'].map((step) => `SEVERITY_NUMBER_${name}${step}`),
  ),
]

/** Decodes OTLP/JSON traces. What breaks the contract inside one span is held against that span alone. */
export function decodeTracesJson(body: Buffer): Result<ReceivedGroup<ReceivedSpan>[], BrokenBody> {
  return decodeExport({
    body,
    resources: 'resourceSpans',
    scopes: 'scopeSpans',
    records: 'spans',
    read: readSpan,
  })
}

/** Decodes OTLP/JSON logs. */
export function decodeLogsJson(body: Buffer): Result<ReceivedGroup<ReceivedLog>[], BrokenBody> {
  return decodeExport({
    body,
    resources: 'resourceLogs',
    scopes: 'scopeLogs',
    records: 'logRecords',
    read: readLog,
  })
}

interface Format<Received> {
  body: Buffer
  resources: string
  scopes: string
  records: string
  read: (field: Field) => Received
}

function decodeExport<Received>(format: Format<Received>): Result<ReceivedGroup<Received>[], BrokenBody> {
  try {
    const root: Field = { value: parseJson(format.body), path: 'The body' }
    const resources = toList({ ...fieldOf(toObject(root), '', format.resources) })
    return ok(resources.flatMap((field) => toGroups(field, format)))
  } catch (error) {
    if (error instanceof ContractError) return fail({ code: 'broken-body', message: error.message })
    throw error
  }
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8').replace(/^\uFEFF/, ''))
  } catch (error) {
    const reason = error instanceof SyntaxError ? describeSyntax(error) : 'it is nested too deep'
    throw new ContractError('The body', `JSON, but ${reason}`)
  }
}

/** The engine's words without the piece of the body that it quotes. */
function describeSyntax(error: SyntaxError): string {
  const position = /at position (\d+)/.exec(error.message)?.[1]
  if (error.message.includes('end of JSON')) return 'it ends too early'
  return position === undefined ? 'it is malformed' : `it is malformed at position ${position}`
}

function toGroups<Received>(field: Field, format: Format<Received>): ReceivedGroup<Received>[] {
  const entry = toObject(field)
  const resourceField = fieldOf(entry, field.path, 'resource')
  const resource = toAttributes(fieldOf(optionalObject(resourceField), resourceField.path, 'attributes'))
  return toList(fieldOf(entry, field.path, format.scopes)).map((scopeField) => {
    const group = toObject(scopeField)
    return {
      resource,
      scope: toScope(fieldOf(group, scopeField.path, 'scope')),
      records: toList(fieldOf(group, scopeField.path, format.records)).map(format.read),
    }
  })
}

function toScope(field: Field): DecodedScope {
  const scope = optionalObject(field)
  const version = toText(fieldOf(scope, field.path, 'version'))
  return {
    name: toText(fieldOf(scope, field.path, 'name')),
    attributes: toAttributes(fieldOf(scope, field.path, 'attributes')),
    ...(version === '' ? {} : { version }),
  }
}

function optionalObject(field: Field): JsonObject {
  return field.value === undefined || field.value === null ? {} : toObject(field)
}

function readSpan(field: Field): ReceivedSpan {
  const span = emptySpan()
  return holdingProblem(span, () => {
    const json = toObject(field)
    const at = (key: string): Field => fieldOf(json, field.path, key)
    // Ids first, so that whatever else is wrong, the span can be named.
    span.traceId = toText(at('traceId')).toLowerCase()
    span.spanId = toText(at('spanId')).toLowerCase()
    span.parentSpanId = toText(at('parentSpanId')).toLowerCase()
    span.name = toText(at('name'))
    span.kind = toEnum(at('kind'), spanKindNames)
    span.traceState = toText(at('traceState'))
    span.flags = toCount(at('flags'))
    span.startTimeUnixNano = toNanoseconds(at('startTimeUnixNano'))
    span.endTimeUnixNano = toNanoseconds(at('endTimeUnixNano'))
    const status = at('status')
    const statusJson = optionalObject(status)
    span.statusCode = toEnum(fieldOf(statusJson, status.path, 'code'), statusCodeNames)
    span.statusMessage = toText(fieldOf(statusJson, status.path, 'message'))
    span.attributes = toAttributes(at('attributes'))
    span.events = toList(at('events')).map(readEvent)
    span.links = toList(at('links')).map(readLink)
  })
}

function readEvent(field: Field): DecodedEvent {
  const json = toObject(field)
  return {
    name: toText(fieldOf(json, field.path, 'name')),
    timeUnixNano: toNanoseconds(fieldOf(json, field.path, 'timeUnixNano')),
    attributes: toAttributes(fieldOf(json, field.path, 'attributes')),
  }
}

function readLink(field: Field): DecodedLink {
  const json = toObject(field)
  const traceState = toText(fieldOf(json, field.path, 'traceState'))
  return {
    traceId: toText(fieldOf(json, field.path, 'traceId')).toLowerCase(),
    spanId: toText(fieldOf(json, field.path, 'spanId')).toLowerCase(),
    attributes: toAttributes(fieldOf(json, field.path, 'attributes')),
    ...(traceState === '' ? {} : { traceState }),
  }
}

function readLog(field: Field): ReceivedLog {
  const log = emptyLog()
  return holdingProblem(log, () => {
    const json = toObject(field)
    const at = (key: string): Field => fieldOf(json, field.path, key)
    log.traceId = toText(at('traceId')).toLowerCase()
    log.spanId = toText(at('spanId')).toLowerCase()
    log.timeUnixNano = toNanoseconds(at('timeUnixNano'))
    log.observedTimeUnixNano = toNanoseconds(at('observedTimeUnixNano'))
    log.severityNumber = toEnum(at('severityNumber'), severityNames)
    log.severityText = toText(at('severityText'))
    log.eventName = toText(at('eventName'))
    log.body = toAnyValue(at('body'))
    log.attributes = toAttributes(at('attributes'))
  })
}

function holdingProblem<Received extends { problem?: string }>(
  received: Received,
  fill: () => void,
): Received {
  try {
    fill()
  } catch (error) {
    if (!(error instanceof ContractError)) throw error
    received.problem = error.message
  }
  return received
}
