import { ok } from '@clew/domain'
import type { Redactor } from '@clew/privacy'
import { toCanonicalLog } from '@clew/semconv/normalise'
import type { CanonicalLog } from '@clew/semconv/span'
import type { StoredRunEvent, StoredScore } from '@clew/store'
import type { ReceivedGroup, ReceivedLog } from '../decode/received.ts'
import { attemptEach } from './attempt-each.ts'
import { checkLog, nameOfLog } from './check-log.ts'
import type { TimeWindow } from './check-time.ts'
import { redactLog } from './redact-log.ts'
import type { Rejection } from './rejection.ts'
import { toRunEvent } from './to-run-event.ts'
import { toScore } from './to-score.ts'

export interface ConvertedLogs {
  logs: CanonicalLog[]
  runEvents: StoredRunEvent[]
  scores: StoredScore[]
  rejected: Rejection[]
}

/** Judges, normalises and redacts each log record; deltas, task logs and scores become that too. */
export async function convertLogs(args: {
  groups: readonly ReceivedGroup<ReceivedLog>[]
  window: TimeWindow
  redactor: Redactor
  onBug: (error: unknown) => void
}): Promise<ConvertedLogs> {
  const { groups, window, redactor, onBug } = args
  const { kept, rejected } = await attemptEach({
    groups,
    nameOf: nameOfLog,
    onBug,
    convert: (received, { resource, scope }) => {
      const checked = checkLog(received, { resource, scope, window })
      return checked.ok ? ok(redactLog(toCanonicalLog(checked.value), redactor)) : checked
    },
  })
  return {
    logs: kept,
    runEvents: kept.flatMap((log) => toRunEvent(log) ?? []),
    scores: kept.flatMap((log) => toScore(log) ?? []),
    rejected,
  }
}
