import { deriveTasks, filter as filterSchema, parseSpanId, type Run, type Task } from '@clew/domain'
import { listRuns, type Page, type Store } from '@clew/store'
import type { ProjectScope } from '../project-scope.ts'
import { hideTaskContent } from './hide-content.ts'
import { readRun, readRuns } from './read-run.ts'

interface TaskReader {
  store: Store
  project: ProjectScope
  now: number
}

/** One page of tasks, newest run first; a run can hold several. */
export async function listTasks(
  options: TaskReader & { limit: number; cursor?: string },
): Promise<Page<Task>> {
  const { store, project, limit, cursor, now } = options
  const { projectId, retention } = project
  const page = await listRuns(store, {
    projectId,
    retention,
    filter: { scope: 'root' },
    limit,
    ...(cursor === undefined ? {} : { cursor }),
  })
  const traceIds = page.items.map((run) => run.traceId)
  const runs = await readRuns({ store, project, traceIds, content: 'preview', now })
  const items = runs.flatMap((run) => deriveTasks(run)).map(visibleTo(project))
  return { items, ...(page.nextCursor === undefined ? {} : { nextCursor: page.nextCursor }) }
}

export interface FoundTask {
  task: Task
  run: Run
}

/** The task by its own id, or by the span that stands for it; `traceId` saves the search. */
export async function findTask(
  options: TaskReader & { taskId: string; traceId?: string | undefined },
): Promise<FoundTask | undefined> {
  const { taskId, store, project, now } = options
  const traceIds = options.traceId === undefined ? await findTraces(options) : [options.traceId]
  for (const traceId of traceIds) {
    const run = await readRun({ store, project, traceId, content: 'preview', now })
    const task =
      run && deriveTasks(run).find((candidate) => candidate.id === taskId || candidate.spanId === taskId)
    if (run !== undefined && task !== undefined) return { task: visibleTo(project)(task), run }
  }
  return undefined
}

async function findTraces(options: TaskReader & { taskId: string }): Promise<string[]> {
  const { store, project, taskId } = options
  const { projectId, retention } = project
  const isSpan = parseSpanId(taskId) !== undefined
  const byTask = { field: 'task.id', op: '=', value: taskId }
  const bySpan = { field: 'spanId', op: '=', value: taskId }
  const filter = filterSchema.parse({ scope: 'any', where: isSpan ? { or: [byTask, bySpan] } : byTask })
  const page = await listRuns(store, { projectId, retention, filter, limit: 5 })
  return page.items.map((run) => run.traceId)
}

function visibleTo(project: ProjectScope): (task: Task) => Task {
  return project.mayReadContent ? (task) => task : hideTaskContent
}
