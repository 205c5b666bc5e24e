import { buildTaskTimings, deriveTasks } from '@clew/domain'
import type { LiveRun, Task, TaskTimings } from '@clew/domain'
import { formatClock, formatDuration, formatElapsed } from '@clew/domain/format'
import { z } from 'zod'
import type { CliContext } from '../cli-context.ts'
import { defineCommand, followFlag } from '../command.ts'
import type { ExitName } from '../exit-codes.ts'
import { followRun } from '../follow-run.ts'
import { LiveScreen } from '../terminal/live-screen.ts'
import { cut, fit, pad, plain, style, wrap } from '../terminal/style.ts'
import type { Tone } from '../terminal/style.ts'
import { exitOfTask, isOver } from '../task-exit.ts'

export const taskGet = defineCommand({
  words: 'task get',
  says: 'how a task stands: status, phases, input and output',
  operands: [{ name: 'id', says: 'the task id, or the id of its span' }],
  flags: { follow: followFlag },
  input: z.object({ id: z.string(), follow: z.boolean().default(false) }),
  run: async (context, { id, follow }) => {
    const { client, isJson, terminal } = context
    const projectId = await context.projectId()
    const task = await client.tasks.get.query({ projectId, taskId: id })
    if (follow && !isOver(task.status)) return followTask(context, task)
    if (isJson) context.json(task)
    else {
      const { traceId } = task
      const timings = await client.tasks.timings.query({ projectId, taskId: id, traceId })
      for (const line of drawTask(context, { task, timings })) terminal.line(line)
    }
    return exitOfTask(task.status)
  },
})

async function followTask(context: CliContext, first: Task): Promise<ExitName> {
  const { terminal, isJson, client } = context
  const screen = new LiveScreen(terminal)
  await followRun(context, {
    traceId: first.traceId,
    follower: {
      onEvent: (event, id) => {
        if (isJson) context.json({ id, ...event })
      },
      onResumed: (words) => {
        if (!isJson) screen.note(words)
      },
      onChange: (run) => {
        if (!isJson && terminal.isInteractive) screen.show([], drawLive(context, { run, first }))
      },
    },
  })
  const projectId = await context.projectId()
  const of = { projectId, taskId: first.id, traceId: first.traceId }
  const [task, timings] = await Promise.all([client.tasks.get.query(of), client.tasks.timings.query(of)])
  if (!isJson) {
    screen.show([])
    for (const line of drawTask(context, { task, timings })) terminal.line(line)
  }
  return exitOfTask(task.status)
}

function drawLive(context: CliContext, { run, first }: { run: LiveRun; first: Task }): string[] {
  const task = deriveTasks(run).find(({ id }) => id === first.id) ?? first
  return drawTask(context, {
    task,
    timings: buildTaskTimings({ task, spans: run.spans, nowMs: context.clock() }),
  })
}

function drawTask(
  { terminal, isQuiet, clock }: CliContext,
  { task, timings }: { task: Task; timings: TaskTimings },
): string[] {
  const took = isOver(task.status)
    ? formatDuration(timings.totalDurationMs)
    : formatElapsed(clock() - Date.parse(task.startedAt ?? task.createdAt))
  const status = `${style(terminal, toneOf(task.status), task.status.toUpperCase())}  ${took}`
  if (isQuiet) return [status]
  const title = [task.name, task.type, task.id].filter((part) => part !== undefined).join('   ')
  const said = (name: string, text: string | undefined) =>
    text === undefined
      ? []
      : ['', style(terminal, 'quiet', name), ...wrap(text, Math.min(100, terminal.width()) - 2).slice(0, 20)]
  return [
    style(terminal, 'strong', cut(plain(title), terminal.width())),
    status,
    ...drawPhases(terminal.width(), timings),
    ...(timings.events.length === 0 ? [] : ['', timings.events.map(sayTransition).join('  >  ')]),
    ...said('input', task.input),
    ...said('output', task.output),
    ...said('error', task.error),
  ]
}

function drawPhases(width: number, { groups, totalDurationMs }: TaskTimings): string[] {
  if (groups.length === 0) return []
  const nameWidth = Math.min(24, Math.max(...groups.map(({ label }) => label.length)))
  const barWidth = Math.max(10, Math.min(60, width - nameWidth - 14))
  const rows = groups.map(({ label, durationMs, endAt }) => {
    const share = totalDurationMs === 0 ? 0 : durationMs / totalDurationMs
    const length = Math.max(1, Math.round(share * barWidth))
    const bar = endAt === undefined ? `${'-'.repeat(length - 1)}>` : '='.repeat(length)
    return `${pad(fit(label, nameWidth), nameWidth)}  ${pad(bar, barWidth)} ${pad(formatDuration(durationMs), 10, 'left')}`
  })
  return ['', ...rows]
}

function sayTransition({ status, at }: TaskTimings['events'][number]): string {
  return `${status} ${formatClock(Date.parse(at))}`
}

function toneOf(status: Task['status']): Tone {
  if (status === 'failed') return 'fail'
  if (status === 'cancelled') return 'warn'
  return status === 'completed' ? 'plain' : 'run'
}
