import type { ProjectId } from '@clew/domain'
import type { PrivacyClass } from '@clew/semconv/attributes'
import type { InsertBatch } from '../insert/batch.ts'
import { toPreviewSpan } from '../rows/to-preview-span.ts'
import { spanVersion, type SpanVersion } from '../rows/span-version.ts'

/** Whose spans to tell of, and whether with the previews of what they say. */
export interface ArrivalsOf {
  projectId: ProjectId
  /** Of one trace only. */
  traceId?: string
  content: 'none' | 'preview'
}

type Listener = (spans: readonly SpanVersion[]) => void

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
  readonly #listeners = new Set<{ of: ArrivalsOf; listener: Listener }>()

  constructor(options: { isComplete: boolean; classOf: (key: string) => PrivacyClass }) {
    this.isComplete = options.isComplete
    this.#classOf = options.classOf
  }

  /** Tells of a batch, which counts as on its way until it is in the store or has failed. */
  async during<Outcome>(batch: InsertBatch, insert: () => Promise<Outcome>): Promise<Outcome> {
    const inserting = insert()
    this.#onTheWay.set(batch, inserting)
    for (const { of, listener } of this.#listeners) {
      const spans = this.#pick(batch, of)
      if (spans.length > 0) listener(spans)
    }
    try {
      return await inserting
    } finally {
      this.#onTheWay.delete(batch)
    }
  }

  /** Calls back with what arrives from now on, in the order of arrival, until the returned function is called. */
  subscribe(of: ArrivalsOf, listener: Listener): () => void {
    const entry = { of, listener }
    this.#listeners.add(entry)
    return () => void this.#listeners.delete(entry)
  }

  /** Spans that have arrived and may not be in the store yet; asked before a read, they complete it. */
  onTheWay(of: ArrivalsOf): SpanVersion[] {
    return [...this.#onTheWay.keys()].flatMap((batch) => this.#pick(batch, of))
  }

  /** Resolves when what is on its way of the traces now is in the store or has failed: whoever was told of it finds it. */
  async settled(of: { projectId: ProjectId; traceIds: readonly string[] }): Promise<void> {
    const concerns = ({ owner, span }: InsertBatch['spans'][number]): boolean =>
      owner.projectId === of.projectId && of.traceIds.includes(span.traceId)
    const inserts = [...this.#onTheWay].filter(([{ spans }]) => spans.some(concerns))
    await Promise.allSettled(inserts.map(([, inserting]) => inserting))
  }

  #pick({ spans }: InsertBatch, { projectId, traceId, content }: ArrivalsOf): SpanVersion[] {
    return spans.flatMap(({ owner, span }, index): SpanVersion[] => {
      if (owner.projectId !== projectId || (traceId !== undefined && span.traceId !== traceId)) return []
      const { receivedAtMs } = owner
      return [
        {
          span: toPreviewSpan({ owner, span }, { classOf: this.#classOf, content }),
          version: spanVersion({ span, receivedAtMs, index }),
          receivedAtMs,
        },
      ]
    })
  }
}
