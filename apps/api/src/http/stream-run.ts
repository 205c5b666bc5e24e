import { toReplayEvents, type RunEvent } from '@clew/domain'
import { found } from '../api-error.ts'
import { followRun, type NumberedRunEvent } from '../live/follow-run.ts'
import { pause } from '../live/pause.ts'
import { readRun } from '../reads/read-run.ts'
import type { RouteRequest } from './route.ts'
import { writeStream } from './write-stream.ts'

const gapMsMax = 5000

/** Streams a run live, or replays a finished one when a speed is given. */
export async function streamRun(options: {
  request: RouteRequest<unknown>
  traceId: string
  speed?: number | undefined
}): Promise<undefined> {
  const { request, traceId, speed } = options
  const { ctx, deps, req, res, streams } = request
  const header = req.headers['last-event-id']
  const lastEventId = typeof header === 'string' ? header : undefined
  const aborter = new AbortController()
  const { signal } = aborter
  res.once('close', () => aborter.abort())
  const source =
    (await replay({ request, traceId, speed, lastEventId, signal })) ??
    (await followRun({ ctx, traceId, lastEventId, signal }))
  streams.add(res)
  await writeStream({ req, res, source, logger: deps.logger })
}

interface ReplayOptions {
  request: RouteRequest<unknown>
  traceId: string
  speed: number | undefined
  lastEventId: string | undefined
  signal: AbortSignal
}

/** Undefined when no speed is given, or when the run is still going and there is nothing to replay. */
async function replay(options: ReplayOptions): Promise<AsyncGenerator<NumberedRunEvent> | undefined> {
  const { request, traceId, speed } = options
  if (speed === undefined) return undefined
  const { store, clock } = request.deps
  const { project } = request.ctx
  const run = found(await readRun({ store, project, traceId, content: 'preview', now: clock() }), 'run')
  if (run.trace.status === 'running') return undefined
  return paceEvents({ ...options, speed, events: toReplayEvents(run) })
}

async function* paceEvents(
  options: ReplayOptions & { events: RunEvent[]; speed: number },
): AsyncGenerator<NumberedRunEvent> {
  const { events, speed, lastEventId, signal } = options
  const seen = Number(/^r(\d{1,9})$/.exec(lastEventId ?? '')?.[1] ?? -1)
  let previous: bigint | undefined
  for (const event of events) {
    if (signal.aborted) return
    const at = BigInt(event.atUnixNano)
    const gapMs = previous === undefined || speed === 0 ? 0 : Number(at - previous) / 1e6 / speed
    previous = at
    if (event.seq <= seen) continue
    await pause({ ms: Math.min(gapMs, gapMsMax), signal })
    yield { id: `r${event.seq}`, event }
  }
}
