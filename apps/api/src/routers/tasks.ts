import { buildTaskLogs, buildTaskTimings, type Task, type TaskLogs, type TaskTimings } from '@clew/domain'
import type { Page } from '@clew/store'
import { z } from 'zod'
import { found } from '../api-error.ts'
import { cursor, taskId, traceId } from '../inputs.ts'
import { findTask, listTasks } from '../reads/read-tasks.ts'
import { projectProcedure } from '../trpc/procedures.ts'
import { router } from '../trpc/trpc.ts'
import { taskEvents } from './run-events.ts'

const reader = projectProcedure('read')
/** `traceId`, where it is known, saves a search. */
const ofTask = z.object({ taskId, traceId: traceId.optional() })

export const tasksRouter = router({
  stream: taskEvents,

  /** `limit` counts runs; a run can hold several tasks. */
  list: reader
    .input(z.object({ limit: z.number().int().min(1).max(50).default(25), cursor: cursor.optional() }))
    .query(async ({ ctx, input }): Promise<Page<Task>> => {
      const { store, project, clock } = ctx
      const rest = input.cursor === undefined ? {} : { cursor: input.cursor }
      return listTasks({ store, project, now: clock(), limit: input.limit, ...rest })
    }),

  get: reader.input(ofTask).query(async ({ ctx, input }): Promise<Task> => {
    const { store, project, clock } = ctx
    return found(await findTask({ store, project, ...input, now: clock() }), 'task').task
  }),

  timings: reader.input(ofTask).query(async ({ ctx, input }): Promise<TaskTimings> => {
    const { store, project, clock } = ctx
    const { task, run } = found(await findTask({ store, project, ...input, now: clock() }), 'task')
    return buildTaskTimings({ task, spans: run.spans, nowMs: clock() })
  }),

  logs: reader.input(ofTask).query(async ({ ctx, input }): Promise<TaskLogs> => {
    const { store, project, clock } = ctx
    return buildTaskLogs(found(await findTask({ store, project, ...input, now: clock() }), 'task'))
  }),
})
