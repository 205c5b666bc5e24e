import { createHmac } from 'node:crypto'

import { createLedger, createRedactor, defaultRules } from '@clew/privacy'
import type { RedactionLedger, Redactor } from '@clew/privacy'
import {
  ATTR_CLEW_REDACTIONS,
  ATTR_CLEW_SPAN_SNAPSHOT,
  ATTR_CLEW_SPAN_STATE,
  ATTR_EXCEPTION_MESSAGE,
  createPrivacyClassifier,
} from '@clew/semconv/attributes'
import type { Attributes, HrTime } from '@opentelemetry/api'
import type { Resource } from '@opentelemetry/resources'
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base'

import type { PrivacyOptions } from '../config/setup-options.ts'
import { toJson, limitText } from '../values/to-text.ts'
import type { SpanRecord } from './span-record.ts'
import { estimateAttributes } from './span-size.ts'

export type SpanPhase =
  | { state: 'running'; snapshot: number }
  | { state: 'ended' }
  | { state: 'lost'; endTime: HrTime }

/** Turns what was recorded into what may leave the process: limits, privacy, and the state of a running span. */
export interface SpanPreparer {
  prepare(record: SpanRecord, phase: SpanPhase): ReadableSpan
  /** The same rules for a log record's attributes. */
  prepareAttributes(attributes: Attributes): Attributes
  redactText(text: string): string
}

const mostDenied = 20

/** Builds the preparer for one configuration; `resourceOf` says whose resource a span is sent under. */
export function createSpanPreparer(args: {
  privacy: PrivacyOptions
  fieldLength: number
  spanBytes: number
  resourceOf: (resource: Resource) => Resource
}): SpanPreparer {
  const { privacy, fieldLength, spanBytes } = args
  const classOf = createPrivacyClassifier()
  const dropsContent = (privacy.content ?? 'full') !== 'full'
  const redactor = buildRedactor({ privacy, classOf })
  const { redact } = privacy
  const redactText = (text: string, path: string, ledger: RedactionLedger): string => {
    const clean = redactor.redactText(text, path, ledger)
    return redact === undefined ? clean : redact(clean, path)
  }
  const clean = (attributes: Attributes, path: string, ledger: RedactionLedger): Attributes => {
    const kept = limitAttributes({
      attributes: redactor.redactAttributes(attributes, path, ledger),
      fieldLength,
      spanBytes,
    })
    return redact === undefined ? kept : mapTexts(kept, (text, key) => redact(text, `${path}.${key}`))
  }
  return {
    redactText: (text) => (dropsContent ? '' : redactText(text, 'body', createLedger())),
    prepareAttributes: (attributes) => clean(attributes, 'attributes', createLedger()),
    prepare: ({ span, extra, parentSpanContext }, phase) => {
      const ledger = createLedger()
      const attributes = {
        ...clean(
          extra === undefined ? span.attributes : { ...span.attributes, ...extra },
          'attributes',
          ledger,
        ),
      }
      if (phase.state !== 'ended') attributes[ATTR_CLEW_SPAN_STATE] = phase.state
      if (phase.state === 'running' && phase.snapshot > 0)
        attributes[ATTR_CLEW_SPAN_SNAPSHOT] = phase.snapshot
      const events = span.events.map((event, index) => ({
        ...event,
        attributes: clean(event.attributes ?? {}, `events.${index}`, ledger),
      }))
      const message = span.status.message
      const keepsMessage =
        message !== undefined && !(dropsContent && classOf(ATTR_EXCEPTION_MESSAGE) === 'content')
      const status = {
        code: span.status.code,
        ...(keepsMessage ? { message: redactText(message, 'status', ledger) } : {}),
      }
      const name = redactText(span.name, 'name', ledger)
      const redactions = summarise(ledger)
      if (redactions !== undefined) attributes[ATTR_CLEW_REDACTIONS] = redactions
      const resource = args.resourceOf(span.resource)
      const parent = parentSpanContext ?? span.parentSpanContext
      return {
        ...viewOf(span, phase),
        name,
        attributes,
        events,
        status,
        resource,
        ...(parent === undefined ? {} : { parentSpanContext: parent }),
      }
    },
  }
}

function viewOf(
  span: ReadableSpan,
  phase: SpanPhase,
): Omit<ReadableSpan, 'name' | 'attributes' | 'events' | 'status' | 'resource' | 'parentSpanContext'> {
  return {
    kind: span.kind,
    spanContext: () => span.spanContext(),
    startTime: span.startTime,
    endTime: phase.state === 'running' ? [0, 0] : phase.state === 'lost' ? phase.endTime : span.endTime,
    links: [...span.links],
    duration: span.duration,
    ended: phase.state !== 'running',
    instrumentationScope: span.instrumentationScope,
    droppedAttributesCount: span.droppedAttributesCount,
    droppedEventsCount: span.droppedEventsCount,
    droppedLinksCount: span.droppedLinksCount,
  }
}

function buildRedactor(args: { privacy: PrivacyOptions; classOf: (key: string) => string }): Redactor {
  const { privacy, classOf } = args
  const { content = 'full', hashKey } = privacy
  const dropClasses =
    content === 'off' ? ['content', 'identifier'] : content === 'metadata' ? ['content'] : []
  return createRedactor({
    classOf: (key) => (content === 'off' && keptIdentifiers.has(key) ? 'metadata' : classOf(key)),
    dropClasses,
    ...(privacy.allow === undefined ? {} : { allow: privacy.allow }),
    ...(privacy.deny === undefined ? {} : { deny: privacy.deny }),
    ...(privacy.hash === undefined ? {} : { hash: privacy.hash }),
    ...(privacy.emails === undefined ? {} : { emails: privacy.emails }),
    rules: privacy.secrets === false ? [] : defaultRules,
    ...(hashKey === undefined
      ? {}
      : { hmac: (value: string) => createHmac('sha256', hashKey).update(value).digest('hex').slice(0, 32) }),
  })
}

/** Identifiers of things, not of persons; without them a trace can't be read at all. */
const keptIdentifiers = new Set([
  'agent.id',
  'agent.name',
  'tool.id',
  'tool_call.id',
  'clew.task.id',
  'clew.run.id',
])

/** Cuts single fields, then the longest ones until the span fits. */
function limitAttributes(args: {
  attributes: Attributes
  fieldLength: number
  spanBytes: number
}): Attributes {
  const { attributes, fieldLength, spanBytes } = args
  const kept = mapTexts(attributes, (text) => limitText(text, fieldLength))
  if (estimateAttributes(kept) <= spanBytes) return kept
  const cut = { ...kept }
  const texts = Object.entries(cut).filter((entry): entry is [string, string] => typeof entry[1] === 'string')
  texts.sort(([, a], [, b]) => b.length - a.length)
  for (const [key, text] of texts) {
    if (estimateAttributes(cut) <= spanBytes) break
    cut[key] = limitText(text, 1000)
  }
  return cut
}

function mapTexts(attributes: Attributes, map: (text: string, key: string) => string): Attributes {
  let copy: Attributes | undefined
  for (const key in attributes) {
    const value = attributes[key]
    if (typeof value !== 'string') continue
    const mapped = map(value, key)
    if (mapped === value) continue
    copy ??= { ...attributes }
    copy[key] = mapped
  }
  return copy ?? attributes
}

/** A content mode denies many keys at once; their count says enough. */
function summarise(ledger: RedactionLedger): string | undefined {
  const entries = ledger.entries()
  if (entries.length === 0) return undefined
  const denied = entries.filter((entry) => entry.rule === 'denied')
  if (denied.length <= mostDenied) return toJson(entries)
  const count = denied.reduce((sum, entry) => sum + entry.count, 0)
  return toJson([...entries.filter((entry) => entry.rule !== 'denied'), { rule: 'denied', path: '*', count }])
}
