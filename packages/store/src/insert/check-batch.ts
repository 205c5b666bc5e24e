import { isRetentionDays } from '@clew/domain'
import { isStorableTime } from '../rows/row-time.ts'
import type { InsertBatch, RowOwner } from './batch.ts'

const hex32 = /^[0-9a-f]{32}$/
const hex16 = /^[0-9a-f]{16}$/

/** The first thing in a batch that no table can hold, in words; one such row would fail all the others. */
export function findUnstorable(batch: InsertBatch): string | undefined {
  for (const { owner, span } of batch.spans) {
    const found = checkOwner(owner) ?? checkSpan(span)
    if (found) return found
  }
  for (const { owner, log } of batch.logs) {
    const found = checkOwner(owner) ?? checkIds(log) ?? checkTime('log time', log.timeUnixNano)
    if (found) return found
  }
  for (const { owner, event } of batch.runEvents) {
    const found = checkOwner(owner) ?? checkIds(event) ?? checkTime('event time', event.event.atUnixNano)
    if (found) return found
  }
  for (const { owner, score } of batch.scores) {
    const found = checkOwner(owner) ?? checkIds(score) ?? checkTime('score time', score.atUnixNano)
    if (found) return found
  }
  return undefined
}

function checkSpan(span: InsertBatch['spans'][number]['span']): string | undefined {
  if (span.parentSpanId !== undefined && !hex16.test(span.parentSpanId)) {
    return `parent span id "${span.parentSpanId}" is not 16 hex digits`
  }
  return checkIds(span) ?? checkTime('start time', span.startTimeUnixNano)
}

function checkIds(row: { traceId?: string; spanId?: string }): string | undefined {
  if (row.traceId !== undefined && !hex32.test(row.traceId))
    return `trace id "${row.traceId}" is not 32 hex digits`
  if (row.spanId !== undefined && !hex16.test(row.spanId))
    return `span id "${row.spanId}" is not 16 hex digits`
  return undefined
}

function checkTime(what: string, unixNano: string): string | undefined {
  return isStorableTime(unixNano) ? undefined : `${what} "${unixNano}" lies outside 1970 to 2262`
}

function checkOwner(owner: RowOwner): string | undefined {
  const { metadataDays, contentDays } = owner.retention
  if (isRetentionDays(metadataDays) && isRetentionDays(contentDays)) return undefined
  return `retention of ${metadataDays} and ${contentDays} days is not among the classes`
}
