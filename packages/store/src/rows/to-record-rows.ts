import type { PrivacyClass } from '@clew/semconv/attributes'
import type { CanonicalLog } from '@clew/semconv/span'
import { createHash } from 'node:crypto'
import type { RowOwner, StoredRunEvent, StoredScore } from '../insert/batch.ts'
import { encodeAnyValue, encodeAttributeMap } from './any-value.ts'
import { ownerColumns } from './owner-columns.ts'
import { toDateTime64 } from './row-time.ts'
import { encodeRest } from './scalars.ts'
import type { Rest, Row } from './scalars.ts'
import { splitContent } from './split-content.ts'
import { redactionColumns } from './span-block.ts'

/** A log record's row. One with content lives as long as content may, another as long as metadata. */
export function toLogRow(args: {
  owner: RowOwner
  log: CanonicalLog
  version: bigint
  classOf: (key: string) => PrivacyClass
}): Row {
  const { owner, log, version, classOf } = args
  const hasContent = hasLogContent(log, classOf)
  const body = log.body === undefined ? '' : encodeAnyValue(log.body)
  const attributes = encodeMap(log.attributes)
  const rest: Rest = {}
  if (log.severity === '') rest['severity'] = ''
  if (log.eventName === '') rest['eventName'] = ''
  if (log.redactions?.length === 0) rest['redactions'] = []
  return {
    ...ownerColumns(owner),
    retention_days: hasContent ? owner.retention.contentDays : owner.retention.metadataDays,
    ver: version.toString(),
    log_id: digest([
      log.traceId,
      log.spanId,
      log.timeUnixNano,
      log.eventName,
      body,
      encodeAttributeMap(log.attributes),
    ]),
    trace_id: log.traceId ?? '',
    span_id: log.spanId ?? '',
    time: toDateTime64(log.timeUnixNano),
    has_content: hasContent,
    severity: log.severity ?? '',
    event_name: log.eventName ?? '',
    scope: log.scope,
    body,
    attributes,
    resource: encodeMap(log.resource),
    ...(log.task && { task_log_kind: log.task.kind, task_log_line: log.task.line }),
    ...(log.redactions && redactionColumns(log.redactions)),
    rest: encodeRest(rest),
  }
}

/** An event of a run as kept for replay. */
export function toRunEventRow(args: { owner: RowOwner; event: StoredRunEvent; version: bigint }): Row {
  const { owner, event: stored, version } = args
  const { event } = stored
  return {
    ...ownerColumns(owner),
    retention_days: owner.retention.contentDays,
    ver: version.toString(),
    trace_id: stored.traceId,
    event_id: stored.id,
    seq: event.seq,
    time: toDateTime64(event.atUnixNano),
    type: event.type,
    span_id: spanIdOf(event),
    payload: JSON.stringify(event),
  }
}

export function toScoreRow(args: { owner: RowOwner; score: StoredScore; version: bigint }): Row {
  const { owner, score, version } = args
  const { value } = score
  return {
    ...ownerColumns(owner),
    retention_days: owner.retention.metadataDays,
    ver: version.toString(),
    score_id: score.id,
    trace_id: score.traceId,
    span_id: score.spanId ?? '',
    session_id: score.sessionId ?? '',
    time: toDateTime64(score.atUnixNano),
    name: score.name,
    value_type: typeof value,
    value_number: typeof value === 'string' ? null : Number(value),
    value_text: typeof value === 'string' ? value : '',
    scored_by: score.by,
    comment: score.comment ?? '',
  }
}

/** A body that merely repeats the event's name says nothing; any other text may be what somebody said. */
function hasLogContent(log: CanonicalLog, classOf: (key: string) => PrivacyClass): boolean {
  if (log.task) return true
  if (log.body !== undefined && log.body !== null && log.body !== log.eventName && log.body !== '')
    return true
  return Object.keys(splitContent(log.attributes, classOf).content).length > 0
}

function spanIdOf(event: StoredRunEvent['event']): string {
  if ('spanId' in event) return event.spanId
  return 'span' in event ? event.span.spanId : ''
}

function encodeMap(map: CanonicalLog['attributes']): { [key: string]: string } {
  const encoded: { [key: string]: string } = Object.create(null)
  for (const [key, value] of Object.entries(map)) encoded[key] = encodeAnyValue(value)
  return encoded
}

function digest(parts: readonly (string | undefined)[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32)
}
