import { deriveTasks, type ChatEvent, type EndReason, type Run, type RunEvent, type Task } from '@clew/domain'
import type { LiveChannel } from './live-channel.ts'
import { produceChat } from './produce-chat.ts'
import { produceRun } from './produce-run.ts'
import { readerKey } from './reader-key.ts'
import type { StreamContext } from './stream-context.ts'

type LastEventId = string | null | undefined

/** The channel of a run, shared by all who may see as much of it. */
export function openRun(
  ctx: StreamContext,
  { traceId, lastEventId }: { traceId: string; lastEventId?: LastEventId },
): Promise<LiveChannel<RunEvent>> {
  const produce = produceRun({ ...ctx, traceId, followed: ctx.live.followed })
  return ctx.live.runs.open({ key: readerKey(ctx.project, 'run', traceId), lastEventId, produce })
}

/** The channel of a task: its part of its run, until the task has ended. */
export function openTask(
  ctx: StreamContext,
  { task, lastEventId }: { task: Task; lastEventId?: LastEventId },
): Promise<LiveChannel<RunEvent>> {
  const { traceId, spanId } = task
  const narrow = (run: Run) => narrowToTask(run, spanId)
  const produce = produceRun({ ...ctx, traceId, narrow, endOf: (run) => endOfTask(run, spanId) })
  return ctx.live.runs.open({ key: readerKey(ctx.project, 'task', traceId, spanId), lastEventId, produce })
}

/** The channel of a chat over all of its runs. */
export function openChat(
  ctx: StreamContext,
  of: { sessionId: string; idleMs: number; lastEventId?: LastEventId },
): Promise<LiveChannel<ChatEvent>> {
  const { sessionId, idleMs, lastEventId } = of
  const produce = produceChat({ ...ctx, sessionId, idleMs })
  return ctx.live.chats.open({
    key: readerKey(ctx.project, 'chat', sessionId, String(idleMs)),
    lastEventId,
    produce,
  })
}

/** The spans below the task's own, and their logs; undefined when the run has no such task. */
export function narrowToTask(run: Run, spanId: string): Run | undefined {
  const inside = new Set([spanId])
  if (!run.spans.some((span) => span.spanId === spanId)) return undefined
  for (const span of run.spans) {
    if (span.parentSpanId !== undefined && inside.has(span.parentSpanId)) inside.add(span.spanId)
  }
  if (inside.size === run.spans.length) return run
  return {
    trace: run.trace,
    spans: run.spans.filter((span) => inside.has(span.spanId)),
    logs: run.logs.filter((log) => log.spanId !== undefined && inside.has(log.spanId)),
  }
}

function endOfTask(run: Run, spanId: string): EndReason | undefined {
  const span = run.spans.find((candidate) => candidate.spanId === spanId)
  if (span === undefined || span.state === 'running') return undefined
  if (span.state === 'lost') return 'lost'
  const status = deriveTasks(run).find((task) => task.spanId === spanId)?.status
  return status === 'failed' || status === 'cancelled' ? status : 'completed'
}
