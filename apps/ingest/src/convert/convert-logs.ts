import type { Redactor } from '@clew/privacy'
import { toCanonicalLog } from '@clew/semconv/normalise'
import type { CanonicalLog } from '@clew/semconv/span'
import type { StoredRunEvent } from '@clew/store'
import type { ReceivedGroup, ReceivedLog } from '../decode/received.ts'
import { checkLog } from './check-log.ts'
import type { TimeWindow } from './check-time.ts'
import { redactLog } from './redact-record.ts'
import type { Rejection } from './rejection.ts'
import { toRunEvent } from './to-run-event.ts'
import { createYielder } from './yield-to-others.ts'

/** Judges, normalises and redacts each log record; deltas and task logs become run events too. */
export async function convertLogs(args: {
  groups: readonly ReceivedGroup<ReceivedLog>[]
  window: TimeWindow
  redactor: Redactor
}): Promise<{ logs: CanonicalLog[]; runEvents: StoredRunEvent[]; rejected: Rejection[] }> {
  const { groups, window, redactor } = args
  const logs: CanonicalLog[] = []
  const runEvents: StoredRunEvent[] = []
  const rejected: Rejection[] = []
  const yieldToOthers = createYielder()
  for (const { resource, scope, records } of groups) {
    for (const received of records) {
      const checked = checkLog(received, { resource, scope, window })
      if (checked.ok) {
        const log = redactLog(toCanonicalLog(checked.value), redactor)
        const event = toRunEvent(log)
        logs.push(log)
        if (event !== undefined) runEvents.push(event)
      } else rejected.push(checked.error)
      await yieldToOthers()
    }
  }
  return { logs, runEvents, rejected }
}
