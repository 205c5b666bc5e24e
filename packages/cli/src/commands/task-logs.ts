import { buildTaskLogs, deriveTasks } from '@clew/domain'
import type { LiveRun, Task, TaskLogs } from '@clew/domain'
import { formatClock } from '@clew/domain/format'
import { z } from 'zod'
import type { CliContext } from '../cli-context.ts'
import { defineCommand, followFlag } from '../command.ts'
import type { ExitName } from '../exit-codes.ts'
import { followRun } from '../follow-run.ts'
import { exitOfTask, isOver } from '../task-exit.ts'
import { pad, plain, style, wrap } from '../terminal/style.ts'

type Line = TaskLogs['logs'][number]

export const taskLogs = defineCommand({
  words: 'task logs',
  says: 'what a task logged, each line with its kind',
  operands: [{ name: 'id', says: 'the task id, or the id of its span' }],
  flags: { follow: followFlag },
  input: z.object({ id: z.string(), follow: z.boolean().default(false) }),
  run: async (context, { id, follow }) => {
    const { client, isJson } = context
    const projectId = await context.projectId()
    const task = await client.tasks.get.query({ projectId, taskId: id })
    if (follow && !isOver(task.status)) return followLogs(context, task)
    const logs = await client.tasks.logs.query({ projectId, taskId: id, traceId: task.traceId })
    if (isJson) context.json(logs)
    else for (const line of logs.logs) print(context, line)
    return exitOfTask(logs.status)
  },
})

async function followLogs(context: CliContext, task: Task): Promise<ExitName> {
  const printed = new Set<string>()
  const printNew = (run: LiveRun) => {
    for (const line of buildTaskLogs({ task, run }).logs) {
      if (printed.has(line.id)) continue
      printed.add(line.id)
      if (context.isJson) context.json(line)
      else print(context, line)
    }
  }
  const run = await followRun(context, {
    traceId: task.traceId,
    follower: { onChange: printNew, onResumed: (words) => context.terminal.note(words) },
  })
  const after = deriveTasks(run).find(({ id }) => id === task.id)
  return exitOfTask(after?.status ?? task.status)
}

/** In a terminal a long line goes on below its beginning; in a pipe a line is a line. */
function print({ terminal }: CliContext, { at, kind, line }: Line): void {
  const head = `${formatClock(Date.parse(at), 'ms')} ${pad(kind, 5)}  `
  const [first = '', ...rest] = terminal.isInteractive
    ? wrap(line, terminal.width() - head.length)
    : [plain(line)]
  terminal.line(style(terminal, 'quiet', head) + first)
  for (const more of rest) terminal.line(' '.repeat(head.length) + more)
}
