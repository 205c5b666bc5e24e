import type { FeedEntry } from '@clew/domain'

export type FeedChange = Omit<FeedEntry, 'seq'>

const idsMax = 200

/** Changes of one project that wait to be published together. Invariant: no id twice within a kind. */
export class FeedBatch {
  private readonly kinds = new Map<FeedChange['kind'], { traceIds: Set<string>; sessionIds: Set<string> }>()

  get isEmpty(): boolean {
    return this.kinds.size === 0
  }

  /** How many ids wait. */
  get size(): number {
    let size = 0
    for (const { traceIds, sessionIds } of this.kinds.values()) size += traceIds.size + sessionIds.size
    return size
  }

  add(change: FeedChange): void {
    const ids = this.kinds.get(change.kind) ?? { traceIds: new Set(), sessionIds: new Set() }
    this.kinds.set(change.kind, ids)
    for (const id of change.traceIds) ids.traceIds.add(id)
    for (const id of change.sessionIds) ids.sessionIds.add(id)
  }

  /** One change a kind, in pieces of at most 200 ids, so that most fit a notification. */
  toChanges(): FeedChange[] {
    return [...this.kinds].flatMap(([kind, { traceIds, sessionIds }]) =>
      toPieces({ kind, traceIds, sessionIds }),
    )
  }
}

function toPieces(ids: {
  kind: FeedChange['kind']
  traceIds: Set<string>
  sessionIds: Set<string>
}): FeedChange[] {
  const all = [
    ...[...ids.traceIds].map((id) => ({ id, isTrace: true })),
    ...[...ids.sessionIds].map((id) => ({ id, isTrace: false })),
  ]
  const pieces: FeedChange[] = []
  for (let from = 0; from < Math.max(all.length, 1); from += idsMax) {
    const part = all.slice(from, from + idsMax)
    pieces.push({
      kind: ids.kind,
      traceIds: part.filter(({ isTrace }) => isTrace).map(({ id }) => id),
      sessionIds: part.filter(({ isTrace }) => !isTrace).map(({ id }) => id),
    })
  }
  return pieces
}
