import { reduceRun } from '@clew/domain'
import type { LiveRun, RunEvent } from '@clew/domain'
import type { CliContext } from './cli-context.ts'
import { CliError } from './cli-error.ts'

export interface RunFollower {
  onEvent?(event: RunEvent, id: string): void
  /** Called after each burst of events, and as time passes; `isAway` while the connection is lost. */
  onChange?(run: LiveRun, isAway: boolean): void
  /** One line about the connection, said when it came back. */
  onResumed?(words: string): void
}

const redrawMs = 100
/** So long a server may be away before the follower gives up. */
const giveUpMs = 300_000

/**
 * Follows a run to its end through the one event model. A cut connection comes back by itself after the last
 * event; the follower hears of it once, when it stands again.
 */
export async function followRun(
  context: CliContext,
  { traceId, follower }: { traceId: string; follower: RunFollower },
): Promise<LiveRun> {
  const { client, clock, signal } = context
  const projectId = await context.projectId()
  let run: LiveRun | undefined
  let pending: RunEvent[] = []
  let lastId = ''
  let lostAt: number | undefined
  const takeIn = () => {
    run = reduceRun(run, pending)
    pending = []
    if (run !== undefined) follower.onChange?.(run, lostAt !== undefined)
  }
  let timer: NodeJS.Timeout | undefined
  try {
    await new Promise<void>((resolve, reject) => {
      timer = setInterval(() => {
        takeIn()
        if (lostAt === undefined || clock() - lostAt < giveUpMs) return
        subscription.unsubscribe()
        reject(new CliError({ exit: 'away', message: `${context.url} has been away for five minutes` }))
      }, redrawMs)
      const subscription = client.runs.events.subscribe(
        { projectId, traceId },
        {
          signal,
          onData: ({ id, data }) => {
            if (lostAt !== undefined) {
              follower.onResumed?.(describeGap({ lastId, goneMs: clock() - lostAt }))
              lostAt = undefined
            }
            lastId = id
            follower.onEvent?.(data, id)
            pending.push(data)
          },
          onConnectionStateChange: ({ state, error }) => {
            if (state === 'connecting' && error !== null && lastId !== '') lostAt ??= clock()
          },
          onComplete: resolve,
          onError: reject,
        },
      )
      signal.addEventListener('abort', () => {
        subscription.unsubscribe()
        reject(new CliError({ exit: 'interrupted', message: 'interrupted' }))
      })
    })
  } finally {
    clearInterval(timer)
  }
  takeIn()
  if (run === undefined) throw new CliError({ exit: 'away', message: 'the stream ended without a word' })
  return run
}

function describeGap({ lastId, goneMs }: { lastId: string; goneMs: number }): string {
  return `.. connection lost at event ${lastId}, taken up again after ${(goneMs / 1000).toFixed(1)} s, nothing missed`
}
