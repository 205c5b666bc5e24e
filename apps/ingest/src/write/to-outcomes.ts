import { fail, ok, type Result } from '@clew/domain'
import type { StoreFailure } from '@clew/store'
import type { Rejection } from '../convert/rejection.ts'
import type { IngestRows, WriteOutcome } from './ingest-rows.ts'
import type { RejectedRows } from './insert-isolating.ts'

/** Tells each request of a batch what became of its own rows. */
export function toOutcomes(
  requests: readonly IngestRows[],
  result: Result<RejectedRows, StoreFailure>,
): WriteOutcome[] {
  return requests.map((request) => {
    if (result.ok) return ok({ rejected: rejectionsOf(request, result.value) })
    if (result.error.code === 'rejected') {
      return fail({ code: 'refused', message: 'The store refused these records' })
    }
    return fail({
      code: 'unavailable',
      message: 'The store is away and the spool cannot take more; try again later',
      retryAfterSeconds: 10,
    })
  })
}

function rejectionsOf({ spans, logs }: IngestRows, rejected: RejectedRows): Rejection[] {
  if (rejected.size === 0) return []
  return [
    ...spans
      .filter((span) => rejected.has(span))
      .map(({ spanId, traceId }) => refused(`span ${spanId} of trace ${traceId}`)),
    ...logs
      .filter((log) => rejected.has(log))
      .map(({ traceId }) => refused(`log record of trace ${traceId ?? 'none'}`)),
  ]
}

function refused(record: string): Rejection {
  return { code: 'not-stored', record, reason: 'the store refused it' }
}
