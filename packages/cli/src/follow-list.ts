import type { RunSummary } from '@clew/domain'
import { titleOfRun } from '@clew/domain/story'
import type { CliContext } from './cli-context.ts'
import { CliError } from './cli-error.ts'
import { LiveScreen } from './terminal/live-screen.ts'
import { drawRuns } from './views/draw-runs.ts'

const redrawMs = 500

/**
 * Follows the runs of a project until an interrupt. In a terminal each run is printed once it has ended, and what runs
 * stands below; in a pipe a run is a line whenever it has visibly changed.
 */
export async function followList(
  context: CliContext,
  of: {
    projectId: string
    /** The first page, the newest first. */
    runs: readonly RunSummary[]
    /** Of runs that changed those that are listed. */
    pick: (runs: readonly RunSummary[]) => Promise<readonly RunSummary[]>
  },
): Promise<never> {
  const { client, terminal, isJson, signal } = context
  const list = terminal.isInteractive && !isJson ? openScreenList(context) : openLineList(context)
  if (!isJson) list.take(of.runs.toReversed())
  const timer = setInterval(() => list.redraw(), redrawMs)
  try {
    return await new Promise<never>((_, reject) => {
      const takeIn = async (runs: readonly RunSummary[]) => list.take(await of.pick(runs))
      client.feed.events.subscribe(
        { projectId: of.projectId },
        {
          signal,
          onData: ({ data }) => {
            if (data.runs.length > 0) takeIn(data.runs).catch(reject)
          },
          onError: reject,
        },
      )
      signal.addEventListener('abort', () =>
        reject(new CliError({ exit: 'interrupted', message: 'interrupted' })),
      )
    })
  } finally {
    clearInterval(timer)
  }
}

interface RunList {
  take: (runs: readonly RunSummary[]) => void
  redraw: () => void
}

function openScreenList({ terminal, clock }: CliContext): RunList {
  const screen = new LiveScreen(terminal)
  const known = new Map<string, RunSummary>()
  const redraw = () => {
    const runs = [...known.values()]
    const inOrder = [...runs.filter(isOver), ...runs.filter((run) => !isOver(run))]
    const lines = drawRuns({ terminal, runs: inOrder, nowMs: clock(), isGrowing: true })
    screen.show(
      lines.map((text, index) => {
        const run = inOrder[index - 1]
        return { key: run?.traceId ?? 'heads', text, isFinal: run === undefined || isOver(run) }
      }),
    )
    // What is printed stays printed.
    for (const run of runs) if (isOver(run)) known.delete(run.traceId)
  }
  return {
    redraw,
    take: (runs) => {
      for (const run of runs) known.set(run.traceId, run)
      redraw()
    },
  }
}

function openLineList({ terminal, clock, isJson, json }: CliContext): RunList {
  const told = new Map<string, string>()
  const [heads = ''] = drawRuns({ terminal, runs: [], nowMs: clock(), isGrowing: true })
  if (!isJson) terminal.line(heads)
  const tell = (run: RunSummary) => {
    const [, line = ''] = drawRuns({ terminal, runs: [run], nowMs: clock(), isGrowing: true })
    const state = visibleState(run)
    if (told.get(run.traceId) === state) return
    told.set(run.traceId, state)
    terminal.line(line)
  }
  return {
    redraw: () => undefined,
    take: (runs) => {
      for (const run of runs) {
        if (isJson) json(run)
        else tell(run)
      }
    },
  }
}

/** What a line shows of a run; how long it has run by now is no change. */
function visibleState(run: RunSummary): string {
  const { status, hasError, agents, cost, usage, durationNs } = run
  const took = isOver(run) ? durationNs : undefined
  return JSON.stringify([status, hasError, agents[0], titleOfRun(run), cost?.total, usage, took])
}

function isOver({ status }: RunSummary): boolean {
  return status !== 'running'
}
