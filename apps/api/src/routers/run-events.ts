import { toLeanEvent, type ChatEvent, type RunEvent } from '@clew/domain'
import { tracked } from '@trpc/server'
import { z } from 'zod'
import { found } from '../api-error.ts'
import { detail, idleSeconds, lastEventId, ofTrace, sessionId, taskId, traceId } from '../inputs.ts'
import type { LiveChannel } from '../live/live-channel.ts'
import { openChat, openRun, openTask } from '../live/open-subject.ts'
import { readChannel } from '../live/read-channel.ts'
import type { StreamContext } from '../live/stream-context.ts'
import { findTask } from '../reads/read-tasks.ts'
import { projectProcedure } from '../trpc/procedures.ts'
import { subscriptionErrors } from '../trpc/subscription-errors.ts'

const reader = projectProcedure('read')
const neverAborted = new AbortController().signal

/** A run as it happens: a snapshot, then each change, then `end`. Resumes after `lastEventId`. */
export const runEvents = reader
  .input(ofTrace.extend({ lastEventId, detail }))
  .subscription(({ ctx, input, signal = neverAborted }) =>
    toTracked<RunEvent>({
      ctx,
      signal,
      lastEventId: input.lastEventId,
      open: () => openRun(ctx, input),
      ...(input.detail === 'lean' && { asTold: toLeanEvent }),
    }),
  )

/** The part of its run that a task is, as it happens; ends when the task does. */
export const taskEvents = reader
  .input(z.object({ taskId, traceId: traceId.optional(), lastEventId }))
  .subscription(({ ctx, input, signal = neverAborted }) => {
    const open = async () => {
      const { store, project, clock } = ctx
      const { task } = found(await findTask({ store, project, ...input, now: clock() }), 'task')
      return openTask(ctx, { task, lastEventId: input.lastEventId })
    }
    return toTracked<RunEvent>({ ctx, signal, lastEventId: input.lastEventId, open })
  })

/** A chat as it happens over all of its runs; ends when they have, or `idleSeconds` later. */
export const chatEvents = reader
  .input(z.object({ sessionId, idleSeconds, lastEventId }))
  .subscription(({ ctx, input, signal = neverAborted }) => {
    const open = () => openChat(ctx, { ...input, idleMs: input.idleSeconds * 1000 })
    return toTracked<ChatEvent>({ ctx, signal, lastEventId: input.lastEventId, open })
  })

async function* toTracked<Event extends { type: string }>(options: {
  ctx: StreamContext
  signal: AbortSignal
  lastEventId: string | null | undefined
  open: () => Promise<LiveChannel<Event>>
  asTold?: (event: Event) => Event
}): AsyncGenerator<ReturnType<typeof tracked<Event>>> {
  const { ctx, signal, lastEventId: cursor, open, asTold = (event) => event } = options
  const source = async () => readChannel({ ctx, channel: await open(), lastEventId: cursor, signal })
  for await (const { id, event } of subscriptionErrors(source)) yield tracked(id, asTold(event))
}
