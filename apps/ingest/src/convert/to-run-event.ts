import { toLoggedEvent } from '@clew/domain'
import type { CanonicalLog } from '@clew/semconv/span'
import type { StoredRunEvent } from '@clew/store'

/** The run event of a record as it is kept. Its id comes from the record, so that the same record sent twice is one event. */
export function toRunEvent(log: CanonicalLog): StoredRunEvent | undefined {
  const { traceId } = log
  const event = toLoggedEvent(log)
  if (traceId === undefined || event === undefined) return undefined
  const id =
    event.type === 'delta'
      ? `delta/${event.spanId}/${String(event.deltaSeq).padStart(10, '0')}`
      : `task-log/${event.taskId}/${event.atUnixNano}/${fingerprint(event.line)}`
  return { traceId, id, event }
}

/** FNV-1a; tells lines of the same nanosecond apart. */
function fingerprint(text: string): string {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return (hash >>> 0).toString(36)
}
