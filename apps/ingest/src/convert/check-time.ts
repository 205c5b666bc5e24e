import { toEpochMs } from '@clew/domain'
import type { RecordProblem } from './rejection.ts'

const dayMs = 86_400_000
/** What milliseconds or microseconds of today read as when they are taken for nanoseconds lies far before. */
const oldestPlausibleMs = Date.UTC(1990)

export interface TimeWindow {
  nowMs: number
  /** Days that the project keeps what it is sent. */
  retentionDays: number
}

/** What is wrong with the time of a record, if anything: outside retention, or over 24 hours ahead. */
export function findTimeProblem(
  field: string,
  unixNano: string,
  window: TimeWindow,
): RecordProblem | undefined {
  const epochMs = toEpochMs(unixNano)
  if (epochMs > window.nowMs + dayMs) {
    const reason = `${field} is more than 24 hours ahead of the server's clock (${toReadable(epochMs)})`
    return { code: 'in-future', reason }
  }
  if (epochMs < window.nowMs - window.retentionDays * dayMs) {
    const doubt = epochMs < oldestPlausibleMs ? '; are these nanoseconds?' : ''
    const reason = `${field} (${toReadable(epochMs)}) is older than the project's retention of ${window.retentionDays} days${doubt}`
    return { code: 'too-old', reason }
  }
  return undefined
}

function toReadable(epochMs: number): string {
  const date = new Date(epochMs)
  return Number.isNaN(date.getTime()) ? 'beyond the calendar; nanoseconds are expected' : date.toISOString()
}
