import { buildTaskLogs, buildTaskTimings } from '@clew/domain'
import { z } from 'zod'
import { found } from '../../api-error.ts'
import { taskId } from '../../inputs.ts'
import { findTask } from '../../reads/read-tasks.ts'
import { speedParam } from '../params.ts'
import { defineRoute, type RouteRequest } from '../route.ts'
import { narrowToTask, openTask } from '../../live/open-subject.ts'
import { replayRun, streamSubject } from '../stream-subject.ts'
import { lastEventIdOf } from '../write-stream.ts'

const params = z.object({ taskId })

async function find({ deps, ctx, params: { taskId: wanted } }: RouteRequest<{ taskId: string }>) {
  const { store, clock } = deps
  return found(await findTask({ store, project: ctx.project, taskId: wanted, now: clock() }), 'task')
}

export const taskRoutes = [
  defineRoute({
    method: 'GET',
    path: '/v1/tasks/{taskId}',
    summary: 'A task',
    scopes: ['read'],
    params,
    returns: 'the task with its status, input, output and times',
    handle: async (request) => (await find(request)).task,
  }),

  defineRoute({
    method: 'GET',
    path: '/v1/tasks/{taskId}/timings',
    summary: 'Where the time of a task went',
    scopes: ['read'],
    params,
    returns: 'groups: phases; events: changes of status',
    handle: async (request) => {
      const { task, run } = await find(request)
      return buildTaskTimings({ task, spans: run.spans, nowMs: request.deps.clock() })
    },
  }),

  defineRoute({
    method: 'GET',
    path: '/v1/tasks/{taskId}/logs',
    summary: 'What a task logged',
    scopes: ['read'],
    params,
    returns: 'logs: lines in order, each with its kind',
    handle: async (request) => buildTaskLogs(await find(request)),
  }),

  defineRoute({
    method: 'GET',
    path: '/v1/tasks/{taskId}/stream',
    summary: 'A task as it happens: its part of its run',
    scopes: ['read'],
    params: params.extend({ speed: speedParam }),
    returns: 'run events: snapshot, then changes, then end; resumes after Last-Event-ID',
    isStream: true,
    handle: async (request) => {
      const { task } = await find(request)
      const { traceId, spanId } = task
      return streamSubject({
        request,
        speed: request.params.speed,
        open: () => openTask(request.ctx, { task, lastEventId: lastEventIdOf(request.req) }),
        replay: () => replayRun(request, { traceId, narrow: (run) => narrowToTask(run, spanId) }),
      })
    },
  }),
]
