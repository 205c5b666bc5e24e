import type { ProjectId } from '@clew/domain'
import type { PrivacyClass } from '@clew/semconv/attributes'
import type { CanonicalSpan } from '@clew/semconv/span'
import type { InsertBatch } from '../insert/batch.ts'
import { toPreviewSpan } from '../rows/to-preview-span.ts'
import { spanVersion, type SpanVersion } from '../rows/span-version.ts'

/** Whose spans to tell of. */
export interface ArrivalsOf {
  projectId: ProjectId
  /** Of one trace only. */
  traceId?: string
}

export interface ArrivingSpan {
  span: CanonicalSpan
  /** As a read will give it, with previews of what it says or without. */
  toVersion: (content: 'none' | 'preview') => SpanVersion
}

type Listener = (spans: readonly ArrivingSpan[]) => void

interface Follower {
  listener: Listener
}

/** Who follows all of a project, and who one of its traces. */
interface Followers {
  all: Set<Follower>
  byTrace: Map<string, Set<Follower>>
}

/**
 * Spans on their way into the store, for those in the same process who follow what is still running: they need
 * not wait until the rows are durable, nor read them back. Invariant: a span that is neither told to a listener
 * since they joined nor among `onTheWay` at that moment is in the store, if this process got it.
 */
export class Arrivals {
  /** True when no other process writes to the store, so that a listener misses nothing. */
  readonly isComplete: boolean
  readonly #classOf: (key: string) => PrivacyClass
  readonly #onTheWay = new Map<InsertBatch, Promise<unknown>>()
  readonly #followers = new Map<ProjectId, Followers>()

  constructor(options: { isComplete: boolean; classOf: (key: string) => PrivacyClass }) {
    this.isComplete = options.isComplete
    this.#classOf = options.classOf
  }

  /** Tells of a batch, which counts as on its way until it is in the store or has failed. */
  async during<Outcome>(batch: InsertBatch, insert: () => Promise<Outcome>): Promise<Outcome> {
    const inserting = insert()
    this.#onTheWay.set(batch, inserting)
    this.#tell(batch)
    try {
      return await inserting
    } finally {
      this.#onTheWay.delete(batch)
    }
  }

  /** Calls back with what arrives from now on, in the order of arrival, until the returned function is called. */
  subscribe({ projectId, traceId }: ArrivalsOf, listener: Listener): () => void {
    const follower: Follower = { listener }
    const followers = this.#followers.get(projectId) ?? { all: new Set(), byTrace: new Map() }
    this.#followers.set(projectId, followers)
    if (traceId === undefined) followers.all.add(follower)
    else followers.byTrace.set(traceId, (followers.byTrace.get(traceId) ?? new Set()).add(follower))
    return () => {
      followers.all.delete(follower)
      const ofTrace = traceId === undefined ? undefined : followers.byTrace.get(traceId)
      ofTrace?.delete(follower)
      if (traceId !== undefined && ofTrace?.size === 0) followers.byTrace.delete(traceId)
      const isLast = followers.all.size + followers.byTrace.size === 0
      if (isLast && this.#followers.get(projectId) === followers) this.#followers.delete(projectId)
    }
  }

  /** Spans that have arrived and may not be in the store yet; asked before a read, they complete it. */
  onTheWay({ projectId, traceId }: ArrivalsOf): ArrivingSpan[] {
    return [...this.#onTheWay.keys()].flatMap(({ spans }) =>
      spans.flatMap((row, index) => {
        const isAsked = traceId === undefined || row.span.traceId === traceId
        return row.owner.projectId === projectId && isAsked ? [this.#toArriving(row, index)] : []
      }),
    )
  }

  /** Resolves when what is on its way of the traces now is in the store or has failed: whoever was told of it finds it. */
  async settled(of: { projectId: ProjectId; traceIds: readonly string[] }): Promise<void> {
    const concerns = ({ owner, span }: InsertBatch['spans'][number]): boolean =>
      owner.projectId === of.projectId && of.traceIds.includes(span.traceId)
    const inserts = [...this.#onTheWay].filter(([{ spans }]) => spans.some(concerns))
    await Promise.allSettled(inserts.map(([, inserting]) => inserting))
  }

  #tell({ spans }: InsertBatch): void {
    const heard = new Map<Follower, ArrivingSpan[]>()
    for (const [index, row] of spans.entries()) {
      const followers = this.#followers.get(row.owner.projectId)
      if (followers === undefined) continue
      for (const group of [followers.all, followers.byTrace.get(row.span.traceId) ?? []]) {
        for (const follower of group) {
          const own = heard.get(follower) ?? []
          heard.set(follower, own)
          own.push(this.#toArriving(row, index))
        }
      }
    }
    for (const [{ listener }, own] of heard) listener(own)
  }

  #toArriving({ owner, span }: InsertBatch['spans'][number], index: number): ArrivingSpan {
    const { receivedAtMs } = owner
    return {
      span,
      toVersion: (content) => ({
        span: toPreviewSpan({ owner, span }, { classOf: this.#classOf, content }),
        version: spanVersion({ span, receivedAtMs, index }),
        receivedAtMs,
      }),
    }
  }
}
