import type { RunSummary } from '@clew/domain'
import { readRunSummaries } from '@clew/store'
import { hideSummaryContent } from '../reads/hide-content.ts'
import { readRuns } from '../reads/read-run.ts'
import type { StreamContext } from './stream-context.ts'

/** So long a summary serves whoever else asks for it. */
const keptMs = 1000
/** A burst of new runs is told by its summaries, which cost less for many. */
const runsAtOnceMax = 8
const rememberedMax = 5000

type Reader = Pick<StreamContext, 'clock' | 'project' | 'store'>

/** Reads of this process, shared by all streams that tell of the same new run. */
export class NewRunReads {
  readonly #reads = new Map<string, Promise<RunSummary | undefined>>()

  /** The runs as they stand: by their summaries, or, where nobody has summed them up yet, by their spans. */
  async read(reader: Reader, traceIds: readonly string[]): Promise<RunSummary[]> {
    const missing = traceIds.filter((traceId) => !this.#reads.has(keyOf(reader, traceId)))
    if (missing.length > 0) this.#start(reader, missing)
    const reads = traceIds.flatMap((traceId) => this.#reads.get(keyOf(reader, traceId)) ?? [])
    return (await Promise.all(reads)).filter((run) => run !== undefined)
  }

  #start(reader: Reader, traceIds: readonly string[]): void {
    const reading = readNew(reader, traceIds)
    for (const traceId of traceIds) {
      const key = keyOf(reader, traceId)
      const own = reading.then((runs) => runs.find((run) => run.traceId === traceId))
      this.#reads.set(key, own)
      const forget = () => setTimeout(() => this.#reads.delete(key), keptMs).unref()
      own.then(forget, forget)
    }
  }
}

/** Remembers for one stream which runs it has told of. */
export class ToldRuns {
  readonly #traceIds = new Set<string>()

  /** Those that the stream has not told of; none when there are too many to be read one by one. */
  pickNew(traceIds: readonly string[]): string[] {
    const fresh = traceIds.filter((traceId) => !this.#traceIds.has(traceId))
    return fresh.length > runsAtOnceMax ? [] : fresh
  }

  add(traceIds: readonly string[]): void {
    for (const traceId of traceIds) {
      this.#traceIds.add(traceId)
      if (this.#traceIds.size <= rememberedMax) continue
      const [oldest] = this.#traceIds
      if (oldest !== undefined) this.#traceIds.delete(oldest)
    }
  }
}

async function readNew(
  { store, project, clock }: Reader,
  traceIds: readonly string[],
): Promise<RunSummary[]> {
  const summed = await readRunSummaries(store, { ...project, traceIds })
  const known = new Set(summed.map(({ traceId }) => traceId))
  const unknown = traceIds.filter((traceId) => !known.has(traceId))
  const runs = await readRuns({ store, project, traceIds: unknown, content: 'preview', now: clock() })
  return [
    ...(project.mayReadContent ? summed : summed.map(hideSummaryContent)),
    ...runs.map(({ trace }) => trace),
  ]
}

function keyOf({ project }: Reader, traceId: string): string {
  const { projectId, mayReadContent, retention } = project
  return JSON.stringify([projectId, mayReadContent, retention, traceId])
}
