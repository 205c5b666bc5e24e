import { createHmac } from 'node:crypto'

import { createLedger, createRedactor, defaultRules } from '@clew/privacy'
import type { RedactionLedger, Redactor } from '@clew/privacy'
import {
  ATTR_CLEW_REDACTIONS,
  ATTR_CLEW_SPAN_HEARTBEAT_MS,
  ATTR_CLEW_SPAN_SNAPSHOT,
  ATTR_CLEW_SPAN_STATE,
  ATTR_EXCEPTION_MESSAGE,
  createPrivacyClassifier,
} from '@clew/semconv/attributes'
import type { AttributeValue, Attributes, HrTime, SpanContext } from '@opentelemetry/api'
import type { Resource } from '@opentelemetry/resources'
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base'

import type { PrivacyOptions } from '../config/setup-options.ts'
import { toJson, limitText } from '../values/to-text.ts'
import type { SpanRecord } from './span-record.ts'
import { estimateAttributes } from './span-size.ts'

export type SpanPhase =
  | { state: 'running'; snapshot: number; heartbeatMs: number }
  | { state: 'ended' }
  | { state: 'lost'; endTime: HrTime }

/** Turns what was recorded into what may leave the process: limits, privacy, and the state of a running span. */
export interface SpanPreparer {
  prepare(record: SpanRecord, phase: SpanPhase): ReadableSpan
  /** The same rules for a log record's attributes. */
  prepareAttributes(attributes: Attributes): Attributes
  redactText(text: string): string
  /** False when what people and models said stays in the process. */
  keepsContent: boolean
}

const mostDenied = 20

/** Builds the preparer for one configuration; `resourceOf` says whose resource a span is sent under. */
export function createSpanPreparer(args: {
  privacy: PrivacyOptions
  fieldLength: number
  spanBytes: number
  resourceOf: (resource: Resource) => Resource
}): SpanPreparer {
  const { clean, redactText, keepsMessages } = createCleaner(args)
  return {
    keepsContent: (args.privacy.content ?? 'full') === 'full',
    redactText: (text) => (keepsMessages ? redactText(text, 'body', createLedger()) : ''),
    prepareAttributes: (attributes) => clean(attributes, 'attributes', createLedger()),
    prepare: ({ span, extra, parentSpanContext = span.parentSpanContext }, phase) => {
      const ledger = createLedger()
      const recorded = extra === undefined ? span.attributes : { ...span.attributes, ...extra }
      const cleaned = clean(recorded, 'attributes', ledger)
      const events = span.events.map((event, index) => ({
        ...event,
        attributes: clean(event.attributes ?? {}, `events.${index}`, ledger),
      }))
      const { code, message } = span.status
      const keptMessage =
        keepsMessages && message !== undefined ? redactText(message, 'status', ledger) : undefined
      const name = redactText(span.name, 'name', ledger)
      const redactions = summarise(ledger)
      const isPlain = redactions === undefined && phase.state === 'ended'
      return viewOf(span, {
        phase,
        name,
        attributes: isPlain
          ? cleaned
          : { ...cleaned, ...phaseAttributes(phase), ...ledgerAttributes(redactions) },
        events,
        status: keptMessage === undefined ? { code } : { code, message: keptMessage },
        resource: args.resourceOf(span.resource),
        parentSpanContext,
      })
    },
  }
}

function ledgerAttributes(redactions: string | undefined): Attributes {
  return redactions === undefined ? {} : { [ATTR_CLEW_REDACTIONS]: redactions }
}

function phaseAttributes(phase: SpanPhase): Attributes {
  if (phase.state === 'ended') return {}
  if (phase.state === 'lost') return { [ATTR_CLEW_SPAN_STATE]: phase.state }
  return {
    [ATTR_CLEW_SPAN_STATE]: phase.state,
    [ATTR_CLEW_SPAN_HEARTBEAT_MS]: phase.heartbeatMs,
    ...(phase.snapshot > 0 ? { [ATTR_CLEW_SPAN_SNAPSHOT]: phase.snapshot } : {}),
  }
}

interface Cleaner {
  clean: (attributes: Attributes, path: string, ledger: RedactionLedger) => Attributes
  redactText: (text: string, path: string, ledger: RedactionLedger) => string
  /** False when messages of errors and logs count as content and content stays at home. */
  keepsMessages: boolean
}

function createCleaner(args: { privacy: PrivacyOptions; fieldLength: number; spanBytes: number }): Cleaner {
  const { privacy, fieldLength, spanBytes } = args
  const classOf = createPrivacyClassifier()
  const redactor = buildRedactor({ privacy, classOf })
  const { redact } = privacy
  const lastWord = (text: string, path: string): string => {
    try {
      return redact === undefined ? text : redact(text, path)
    } catch {
      // What the application wanted to look at first must not leave unseen.
      return '[redacted:unchecked]'
    }
  }
  const isFull = (privacy.content ?? 'full') === 'full'
  return {
    keepsMessages: isFull || classOf(ATTR_EXCEPTION_MESSAGE) !== 'content',
    redactText: (text, path, ledger) => lastWord(redactor.redactText(text, path, ledger), path),
    clean: (attributes, path, ledger) => {
      const redacted = redactor.redactAttributes(attributes, path, ledger)
      const kept = limitAttributes({ attributes: redacted, fieldLength, spanBytes })
      return redact === undefined ? kept : mapTexts(kept, (text, key) => lastWord(text, `${path}.${key}`))
    },
  }
}

type Prepared = Pick<ReadableSpan, 'name' | 'attributes' | 'events' | 'status' | 'resource'>

/** In one go: it runs for every span, and objects put together by spreading cost microseconds. */
function viewOf(
  span: ReadableSpan,
  prepared: Prepared & { phase: SpanPhase; parentSpanContext: SpanContext | undefined },
): ReadableSpan {
  const { phase, parentSpanContext } = prepared
  const view = {
    name: prepared.name,
    kind: span.kind,
    spanContext: () => span.spanContext(),
    startTime: span.startTime,
    endTime: endOf(span, phase),
    status: prepared.status,
    attributes: prepared.attributes,
    links: span.links,
    events: prepared.events,
    duration: span.duration,
    ended: phase.state !== 'running',
    resource: prepared.resource,
    instrumentationScope: span.instrumentationScope,
    droppedAttributesCount: span.droppedAttributesCount,
    droppedEventsCount: span.droppedEventsCount,
    droppedLinksCount: span.droppedLinksCount,
  }
  return parentSpanContext === undefined ? view : Object.assign(view, { parentSpanContext })
}

function endOf(span: ReadableSpan, phase: SpanPhase): HrTime {
  if (phase.state === 'running') return [0, 0]
  return phase.state === 'lost' ? phase.endTime : span.endTime
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
    const mapped =
      typeof value === 'string' ? map(value, key) : Array.isArray(value) ? mapList(value, key, map) : value
    if (mapped === value) continue
    copy ??= { ...attributes }
    copy[key] = mapped
  }
  return copy ?? attributes
}

function mapList(
  list: AttributeValue & unknown[],
  key: string,
  map: (text: string, key: string) => string,
): AttributeValue {
  if (!list.some((item) => typeof item === 'string')) return list
  const mapped = list.map((item) => (typeof item === 'string' ? map(item, key) : String(item)))
  return mapped.every((item, index) => item === list[index]) ? list : mapped
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
