import { decodeRecording } from '@clew/testing/decode-recording'
import { listRecordings, loadRecording } from '@clew/testing/recordings'
import { describe, expect, it } from 'vitest'
import { toCanonicalLog } from '../normalise/to-canonical-log.ts'
import { toCanonical } from '../normalise/to-canonical.ts'
import { makeDecodedSpan } from '../normalise/testing/make-decoded-span.ts'
import type { AttributeMap, AttributeValue, DecodedLog, DecodedSpan } from '../span/decoded.ts'
import type { OtlpKeyValue, OtlpTraces, OtlpValue } from './otlp-json.ts'
import { asGenAi } from './as-gen-ai.ts'
import { toOtlpLogs } from './to-otlp-logs.ts'
import { toOtlpTraces } from './to-otlp-traces.ts'

describe('as OTLP', () => {
  it.for(listRecordings())('gives back what came in: %s', (id) => {
    const spans = decodeRecording(loadRecording(id)).spans.filter((span) => !isAnnouncement(span))
    const exported = toDecoded(toOtlpTraces(spans.map(toCanonical)))
    expect(sorted(exported)).toEqual(sorted(spans.map(asSent)))
  })

  it('keeps types: integers beyond 2^53, doubles, bytes, lists, maps, NaN and minus zero', () => {
    const attributes = {
      int: 2n ** 60n,
      double: 3,
      bytes: new Uint8Array([0, 255]),
      list: ['a', 1n, { deep: 1.5 }],
      nan: Number.NaN,
      no: false,
    }
    const [span] = toDecoded(toOtlpTraces([toCanonical(makeDecodedSpan({ attributes }))]))
    expect(span?.attributes).toEqual(attributes)
  })

  it('a span that still runs has no end', () => {
    const [span] = toDecoded(toOtlpTraces([toCanonical(makeDecodedSpan({ endTimeUnixNano: '0' }))]))
    expect(span?.endTimeUnixNano).toBe('0')
  })

  it('spans of one resource and scope stand together', () => {
    const one = toCanonical(makeDecodedSpan({ resource: { 'service.name': 'a' } }))
    const other = toCanonical(makeDecodedSpan({ resource: { 'service.name': 'b' } }))
    expect(
      toOtlpTraces([one, other, one]).resourceSpans.map(({ scopeSpans }) => scopeSpans[0]?.spans.length),
    ).toEqual([2, 1])
  })
})

describe('log records as OTLP', () => {
  it.for(listRecordings())('come back, save what is not kept of them: %s', (id) => {
    const { logs } = decodeRecording(loadRecording(id))
    const exported = toOtlpLogs(logs.map(toCanonicalLog)).resourceLogs.flatMap(({ resource, scopeLogs }) =>
      scopeLogs.flatMap(({ scope, logRecords }) =>
        logRecords.map(({ severityText, severityNumber: _number, body, ...record }) => ({
          ...record,
          ...(severityText === undefined ? {} : { severity: severityText }),
          body: body === undefined ? null : toValue(body),
          attributes: toMap(record.attributes),
          resource: toMap(resource.attributes),
          scope: scope.name,
        })),
      ),
    )
    expect(exported).toHaveLength(logs.length)
    for (const log of logs) expect(exported).toContainEqual(asKept(log))
  })
})

/** Without its scope's version, its observed time and its severity's number, which are not kept. */
function asKept(log: DecodedLog) {
  const {
    observedTimeUnixNano,
    severityNumber: _number,
    severityText: _text,
    scope,
    eventName,
    ...rest
  } = log
  const { severity } = toCanonicalLog(log)
  return {
    ...rest,
    timeUnixNano: rest.timeUnixNano === '0' ? observedTimeUnixNano : rest.timeUnixNano,
    ...(severity === undefined ? {} : { severity }),
    ...(eventName === undefined || log.attributes['event.name'] === eventName ? {} : { eventName }),
    attributes: withoutNulls(log.attributes),
    resource: withoutNulls(log.resource),
    scope: scope.name,
  }
}

describe('as GenAI semantic conventions', () => {
  it.for(listRecordings())('says the same to who reads only these: %s', (id) => {
    for (const span of decodeRecording(loadRecording(id)).spans) {
      const canonical = toCanonical(span)
      const [exported] = toDecoded(toOtlpTraces([asGenAi(canonical)]))
      const read = toCanonical(exported ?? span)
      expect(coreOf(read)).toEqual(coreOf(canonical))
    }
  })
})

/** What a reader of the conventions must come to know, where there is a word for it. */
function coreOf(span: ReturnType<typeof toCanonical>) {
  const { usage, model, requestModel, sessionId, userId, agent, errorType } = span
  const { total: _total, ...counted } = usage ?? {}
  return { usage: counted, model, requestModel, sessionId, userId, agent: agent?.name, errorType }
}

/** Logfire's placeholder of a span that runs; the span itself takes its place. */
function isAnnouncement({ attributes }: DecodedSpan): boolean {
  return attributes['logfire.span_type'] === 'pending_span'
}

/** An AnyValue without a value says nothing and is the one thing that is not kept. */
function asSent(span: DecodedSpan): DecodedSpan {
  return { ...span, attributes: withoutNulls(span.attributes) }
}

function withoutNulls(attributes: AttributeMap): AttributeMap {
  return Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== null))
}

function sorted(spans: readonly DecodedSpan[]): DecodedSpan[] {
  return spans.toSorted((a, b) => (a.spanId + a.endTimeUnixNano < b.spanId + b.endTimeUnixNano ? -1 : 1))
}

function toDecoded({ resourceSpans }: OtlpTraces): DecodedSpan[] {
  return resourceSpans.flatMap(({ resource, scopeSpans }) =>
    scopeSpans.flatMap(({ scope, spans }) =>
      spans.map(({ kind, status, ...span }) => ({
        ...span,
        otlpKind: asKind(kind),
        statusCode: asCode(status.code),
        ...(status.message === undefined ? {} : { statusMessage: status.message }),
        attributes: toMap(span.attributes),
        events: span.events.map((event) => ({ ...event, attributes: toMap(event.attributes) })),
        links: span.links.map((link) => ({ ...link, attributes: toMap(link.attributes) })),
        scope: { ...scope, attributes: toMap(scope.attributes ?? []) },
        resource: toMap(resource.attributes),
      })),
    ),
  )
}

const kinds = [0, 1, 2, 3, 4, 5] as const
const codes = [0, 1, 2] as const

function asKind(kind: number): DecodedSpan['otlpKind'] {
  return kinds.find((known) => known === kind) ?? 0
}

function asCode(code: number): DecodedSpan['statusCode'] {
  return codes.find((known) => known === code) ?? 0
}

function toMap(entries: readonly OtlpKeyValue[]): AttributeMap {
  return Object.fromEntries(entries.map(({ key, value }) => [key, toValue(value)]))
}

function toValue(value: OtlpValue): AttributeValue {
  if ('stringValue' in value) return value.stringValue
  if ('boolValue' in value) return value.boolValue
  if ('intValue' in value) return BigInt(value.intValue)
  if ('doubleValue' in value) return Number(value.doubleValue)
  if ('bytesValue' in value) return new Uint8Array(Buffer.from(value.bytesValue, 'base64'))
  if ('arrayValue' in value) return value.arrayValue.values.map(toValue)
  if ('kvlistValue' in value) return toMap(value.kvlistValue.values)
  return null
}
