import type { LiveRun, Run } from '@clew/domain'
import { buildRunModel } from '@clew/domain/story'
import type { RunModel } from '@clew/domain/story'
import { z } from 'zod'
import type { CliContext } from '../cli-context.ts'
import { defineCommand, followFlag } from '../command.ts'
import type { ExitName } from '../exit-codes.ts'
import { findTraceId } from '../find-trace.ts'
import { followRun } from '../follow-run.ts'
import { LiveScreen } from '../terminal/live-screen.ts'
import { drawGraph } from '../views/draw-graph.ts'
import { drawSpans } from '../views/draw-spans.ts'
import { drawThread } from '../views/draw-thread.ts'
import { drawTimeline } from '../views/draw-timeline.ts'
import { tellHead, tellOutcome, tellStatus } from '../views/tell-outcome.ts'
import { columnHeads, tellRun } from '../views/tell-run.ts'

const views = ['summary', 'tree', 'timeline', 'thread', 'graph', 'spans', 'raw'] as const
type View = (typeof views)[number]

export const traceGet = defineCommand({
  words: 'trace get',
  says: 'one run: its steps, its bars, what was said, its graph or its spans',
  operands: [{ name: 'id', says: 'the trace id, or its first digits' }],
  flags: {
    view: { takes: 'value', says: `${views.join(', ')}; tree when absent` },
    follow: followFlag,
  },
  input: z.object({
    id: z.string(),
    view: z.enum(views, { error: `should be one of ${views.join(', ')}` }).default('tree'),
    follow: z.boolean().default(false),
  }),
  run: async (context, { id, view, follow }) => {
    const traceId = await findTraceId(context, id)
    if (follow) return followTrace(context, { traceId, view })
    const projectId = await context.projectId()
    const run = await context.client.runs.get.query({ projectId, traceId })
    await show(context, { run, view })
    return exitOf(run)
  },
})

async function followTrace(context: CliContext, of: { traceId: string; view: View }): Promise<ExitName> {
  const { traceId, view } = of
  const { terminal, isJson, isQuiet } = context
  const slug = await context.projectSlug()
  const screen = new LiveScreen(terminal)
  let hasHead = false
  const isTree = view === 'tree' && !isJson && !isQuiet
  const run = await followRun(context, {
    traceId,
    follower: {
      onEvent: (event, eventId) => {
        if (isJson) context.json({ id: eventId, ...event })
      },
      onResumed: (words) => {
        if (!isJson && !isQuiet) screen.note(words)
      },
      onChange: (live, isAway) => {
        if (!isTree) return
        const parts = toParts(context, live)
        if (!hasHead) printHead(context, { ...parts, slug, view })
        hasHead = true
        const tail = isAway ? 'connection lost, trying again' : tellStatus({ terminal, ...parts })
        screen.show(tellRun({ terminal, ...parts, streamed: streamedText(live) }), ['', tail])
      },
    },
  })
  if (isJson) return exitOf(run)
  if (isTree) {
    const parts = toParts(context, run)
    screen.finish(tellRun({ terminal, ...parts }))
    for (const line of tellOutcome({ terminal, ...parts })) terminal.line(line)
  } else await show(context, { run, view })
  return exitOf(run)
}

async function show(context: CliContext, { run, view }: { run: Run; view: View }): Promise<void> {
  const { terminal, isJson, isQuiet, client } = context
  if (isJson) return context.json(run)
  if (view === 'raw') return terminal.line(JSON.stringify(run, undefined, 2))
  const parts = toParts(context, run)
  if (isQuiet) return terminal.line(tellStatus({ terminal, ...parts }))
  printHead(context, { ...parts, slug: await context.projectSlug(), view })
  for (const line of await drawView()) terminal.line(line)
  for (const line of tellOutcome({ terminal, ...parts })) terminal.line(line)

  async function drawView(): Promise<string[]> {
    switch (view) {
      case 'tree':
        return tellRun({ terminal, ...parts }).map(({ text }) => text)
      case 'timeline':
        return drawTimeline({ terminal, ...parts })
      case 'thread':
        return drawThread({ terminal, ...parts })
      case 'spans':
        return drawSpans({ terminal, ...parts })
      case 'graph': {
        const { traceId } = run.trace
        const graph = await client.runs.graph.query({ projectId: await context.projectId(), traceId })
        return drawGraph({ terminal, graph })
      }
      case 'summary':
      case 'raw':
        return []
    }
  }
}

function printHead(context: CliContext, head: { model: RunModel; slug: string; view: View }): void {
  const { terminal, url } = context
  const { model, slug, view } = head
  const pageUrl = `${url}/p/${slug}/runs/${model.trace.traceId}`
  for (const line of tellHead({ terminal, model, pageUrl })) terminal.line(line)
  if (view === 'tree') terminal.line(columnHeads({ terminal }))
}

function toParts(context: CliContext, run: Run): { model: RunModel; nowMs: number } {
  const model = buildRunModel(run)
  const nowMs = model.isRunning ? Math.max(model.lastMs, context.clock() - model.startEpochMs) : model.lastMs
  return { model, nowMs }
}

function streamedText(run: LiveRun): ReadonlyMap<string, string> {
  const texts = new Map<string, string>()
  for (const [spanId, { text, arguments: given }] of run.streamed) {
    texts.set(spanId, text === '' ? given : text)
  }
  return texts
}

/** A run that was read while it runs is a command that worked. */
function exitOf({ trace }: Run): ExitName {
  return trace.status === 'error' || trace.status === 'lost' ? 'failed' : 'completed'
}
