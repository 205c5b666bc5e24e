import { assembleTrace, toEpochMs, type RunSummary } from '@clew/domain'
import { locateTraces, readLogs, readRunSummaries, readSpansToSummarise, type TraceRange } from '@clew/store'
import { groupBy } from '../reads/group-by.ts'
import { hideSummaryContent } from '../reads/hide-content.ts'
import { youngMs } from './arriving-runs.ts'
import { readerKey } from './reader-key.ts'
import type { StreamContext } from './stream-context.ts'

/** So long a read serves whoever else asks for it. */
const keptMs = 1000
/** A burst of new runs is told by its summaries, which cost less for many. */
const runsAtOnceMax = 8
const rememberedMax = 5000

type Reader = Pick<StreamContext, 'clock' | 'project' | 'store'>

/** Reads of this process, shared by all streams that tell of the same new run. */
export class NewRunReads {
  readonly #reads = new Map<string, { seq: number; run: Promise<RunSummary | undefined> }>()

  /** The runs as they stood at the feed's entry `seq` or later; those of which nothing is kept are left out. */
  async read(reader: Reader, of: { traceIds: readonly string[]; seq: number }): Promise<RunSummary[]> {
    const { traceIds, seq } = of
    const isMissing = (traceId: string) =>
      (this.#reads.get(readerKey(reader.project, traceId))?.seq ?? -1) < seq
    const missing = traceIds.filter(isMissing)
    if (missing.length > 0) this.#start(reader, { traceIds: missing, seq })
    const reads = traceIds.flatMap(
      (traceId) => this.#reads.get(readerKey(reader.project, traceId))?.run ?? [],
    )
    return (await Promise.all(reads)).filter((run) => run !== undefined)
  }

  #start(reader: Reader, { traceIds, seq }: { traceIds: readonly string[]; seq: number }): void {
    const reading = readNew(reader, traceIds)
    for (const traceId of traceIds) {
      const key = readerKey(reader.project, traceId)
      const own = { seq, run: reading.then((runs) => runs.find((run) => run.traceId === traceId)) }
      this.#reads.set(key, own)
      const forget = () => {
        if (this.#reads.get(key) === own) this.#reads.delete(key)
      }
      const forgetLater = () => setTimeout(forget, keptMs).unref()
      own.run.then(forgetLater, forgetLater)
    }
  }
}

/** Remembers for one stream which runs it has told of, and since when. */
export class ToldRuns {
  readonly #since = new Map<string, number>()

  /** Those that are new to the stream or have just begun; none when there are too many to be read one by one. */
  pickFresh({ traceIds, now }: { traceIds: readonly string[]; now: number }): string[] {
    const fresh = traceIds.filter((traceId) => now - (this.#since.get(traceId) ?? now) < youngMs)
    return fresh.length > runsAtOnceMax ? [] : fresh
  }

  add({ traceIds, now }: { traceIds: readonly string[]; now: number }): void {
    for (const traceId of traceIds) {
      if (!this.#since.has(traceId)) this.#since.set(traceId, now)
      if (this.#since.size <= rememberedMax) continue
      const [oldest] = this.#since.keys()
      if (oldest !== undefined) this.#since.delete(oldest)
    }
  }
}

/** Runs by their summaries, unless they have just begun or nobody has summed them up yet: then by their spans. */
async function readNew(reader: Reader, traceIds: readonly string[]): Promise<RunSummary[]> {
  const { store, project, clock } = reader
  const range = await locateTraces(store, { ...project, traceIds })
  if (range === undefined) return []
  const now = clock()
  const hasBegun = (startTimeUnixNano: string) => now - toEpochMs(startTimeUnixNano) < youngMs
  const summed = hasBegun(range.from) ? [] : await readRunSummaries(store, { ...project, traceIds, range })
  const settled = summed.filter((run) => !hasBegun(run.startTimeUnixNano))
  const known = new Set(settled.map(({ traceId }) => traceId))
  const begun = traceIds.filter((traceId) => !known.has(traceId))
  const runs = [...settled, ...(await sumUp(reader, { traceIds: begun, range, now }))]
  return project.mayReadContent ? runs : runs.map(hideSummaryContent)
}

/** What the summariser will say of the runs. */
async function sumUp(
  { store, project }: Reader,
  of: { traceIds: readonly string[]; range: TraceRange; now: number },
): Promise<RunSummary[]> {
  const { traceIds, range, now } = of
  if (traceIds.length === 0) return []
  const scope = { projectId: project.projectId, retention: project.retention, traceIds, range }
  const [spans, logs] = await Promise.all([readSpansToSummarise(store, scope), readLogs(store, scope)])
  const logsOf = groupBy(logs, ({ traceId }) => traceId)
  return [...groupBy(spans, ({ traceId }) => traceId)].map(
    ([traceId, own]) => assembleTrace({ spans: own, logs: logsOf.get(traceId) ?? [], now }).trace,
  )
}
