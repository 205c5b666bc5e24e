import { fail, ok, type Result } from '@clew/domain'
import type { InsertBatch, Store, StoreFailure } from '@clew/store'
import { countRows } from './ingest-rows.ts'

/** A row's own object, as it stood in the batch. */
export type RejectedRows = ReadonlyMap<object, string>

const mostRejected = 50

/**
 * Inserts a batch; when the store rejects it, halves it until the bad rows stand alone, so that they cost
 * no others. A batch in which too many are bad is rejected as a whole: then the fault isn't theirs.
 */
export async function insertIsolating(
  store: Pick<Store, 'insertBatch'>,
  batch: InsertBatch,
): Promise<Result<RejectedRows, StoreFailure>> {
  const rejected = new Map<object, string>()
  const queue = [batch]
  for (let part = queue.pop(); part !== undefined; part = queue.pop()) {
    const inserted = await store.insertBatch(part)
    if (inserted.ok) continue
    if (inserted.error.code !== 'rejected') return inserted
    if (countRows(part) > 1) {
      queue.push(...halve(part))
      continue
    }
    for (const row of [
      part.spans[0]?.span,
      part.logs[0]?.log,
      part.runEvents[0]?.event,
      part.scores[0]?.score,
    ]) {
      if (row !== undefined) rejected.set(row, inserted.error.message)
    }
    if (rejected.size >= mostRejected) return fail(inserted.error)
  }
  return ok(rejected)
}

function halve(batch: InsertBatch): [InsertBatch, InsertBatch] {
  const { token, spans, logs, runEvents, scores } = batch
  const kinds = [spans, logs, runEvents, scores].filter((list) => list.length > 0)
  // One row of each of two kinds has no middle: then the kinds are parted instead.
  const isThin = kinds.length > 1 && kinds.every((list) => list.length === 1)
  const cut = (list: readonly unknown[]): number =>
    isThin && list === kinds[0] ? 1 : Math.floor(list.length / 2)
  return [
    {
      token: `${token}/a`,
      spans: spans.slice(0, cut(spans)),
      logs: logs.slice(0, cut(logs)),
      runEvents: runEvents.slice(0, cut(runEvents)),
      scores: scores.slice(0, cut(scores)),
    },
    {
      token: `${token}/b`,
      spans: spans.slice(cut(spans)),
      logs: logs.slice(cut(logs)),
      runEvents: runEvents.slice(cut(runEvents)),
      scores: scores.slice(cut(scores)),
    },
  ]
}
