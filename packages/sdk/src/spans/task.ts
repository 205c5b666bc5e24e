import {
  ATTR_CLEW_TASK_ID,
  ATTR_CLEW_TASK_LOG_KIND,
  ATTR_CLEW_TASK_LOG_LINE,
  ATTR_CLEW_TASK_PHASE,
  ATTR_CLEW_TASK_PHASE_STATE,
  ATTR_CLEW_TASK_STATUS,
  ATTR_CLEW_TASK_TYPE,
  EVENT_CLEW_TASK_LOG,
  EVENT_CLEW_TASK_PHASE,
  EVENT_CLEW_TASK_STATUS,
} from '@clew/semconv/attributes'
import type { Attributes } from '@opentelemetry/api'

import type { IdentityOptions } from '../identity/identity.ts'
import { sdkTracer } from '../provider/sdk-state.ts'
import { runInSpan } from './run-in-span.ts'
import { sendLog } from './send-log.ts'
import { SpanHandle } from './span-handle.ts'
import { startManual } from './start-span.ts'

export type TaskLogKind = 'setup' | 'build' | 'serve' | 'run' | 'task'
export type TaskStatus =
  | 'received'
  | 'queued'
  | 'dispatched'
  | 'preparing'
  | 'serving'
  | 'setting_up'
  | 'running'
  | 'cancelling'
  | 'uploading'
  | 'completed'
  | 'failed'
  | 'cancelled'

export interface TaskOptions extends IdentityOptions {
  /** Stable over retries and processes. Default: the span's id. */
  taskId?: string
  name: string
  type?: string
  input?: unknown
  attributes?: { readonly [key: string]: unknown }
}

/** The handle of a task: a span's handle, and the task's log, status and phases. */
export class TaskHandle extends SpanHandle {
  readonly taskId: string

  constructor(span: SpanHandle['raw'], taskId?: string) {
    super(span)
    this.taskId = taskId ?? this.spanId
  }

  /** One line of the task's log. */
  log(kind: TaskLogKind, line: string): this {
    const attributes: Attributes = {
      [ATTR_CLEW_TASK_ID]: this.taskId,
      [ATTR_CLEW_TASK_LOG_KIND]: kind,
      [ATTR_CLEW_TASK_LOG_LINE]: line,
    }
    sendLog({ span: this.raw, eventName: EVENT_CLEW_TASK_LOG, body: line, attributes })
    return this
  }

  /** The task enters a status. */
  status(status: TaskStatus): this {
    return this.addEvent(EVENT_CLEW_TASK_STATUS, { [ATTR_CLEW_TASK_STATUS]: status })
  }

  /** Runs a phase of the task; its start and end are recorded, its result and errors pass through. */
  phase<Result>(name: string, fn: () => Result): Result {
    const mark = (state: 'start' | 'end'): void => {
      this.addEvent(EVENT_CLEW_TASK_PHASE, {
        [ATTR_CLEW_TASK_PHASE]: name,
        [ATTR_CLEW_TASK_PHASE_STATE]: state,
      })
    }
    return runInSpan(
      () => {
        mark('start')
        const started = startManual(sdkTracer(), {
          spanName: name,
          attributes: { [ATTR_CLEW_TASK_PHASE]: name },
        })
        return { ...started, handle: new PhaseHandle(started.handle.raw, () => mark('end')) }
      },
      () => fn(),
    )
  }
}

class PhaseHandle extends SpanHandle {
  readonly #onEnd: () => void

  constructor(span: SpanHandle['raw'], onEnd: () => void) {
    super(span)
    this.#onEnd = onEnd
  }

  override end(): void {
    this.#onEnd()
    super.end()
  }
}

/** Runs a function as a task: it is running at once, and completed or failed when the function is. */
export function task<Result>(options: TaskOptions, fn: (task: TaskHandle) => Result): Result {
  return runInSpan(
    () => {
      const { name, taskId, type, attributes, ...rest } = options
      const started = startManual(sdkTracer(), {
        ...rest,
        spanName: name,
        spanKind: 'TASK',
        ...(taskId === undefined ? {} : { taskId }),
        attributes: { ...attributes, ...(type === undefined ? {} : { [ATTR_CLEW_TASK_TYPE]: type }) },
      })
      const handle = new RunningTask(started.handle.raw, taskId)
      if (taskId === undefined) handle.setAttribute(ATTR_CLEW_TASK_ID, handle.spanId)
      handle.status('running')
      return { context: started.context, handle }
    },
    (handle) => fn(handle instanceof TaskHandle ? handle : new TaskHandle(handle.raw)),
  )
}

/** Says how the task went unless the task itself did. */
class RunningTask extends TaskHandle {
  #isSettled = false

  override status(status: TaskStatus): this {
    this.#isSettled = status === 'completed' || status === 'failed' || status === 'cancelled'
    return super.status(status)
  }

  override recordError(error: unknown): this {
    super.recordError(error)
    return this.#isSettled ? this : this.status('failed')
  }

  override end(): void {
    if (!this.#isSettled) this.status('completed')
    super.end()
  }
}
