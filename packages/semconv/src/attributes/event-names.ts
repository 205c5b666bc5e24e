/** Log record: a piece of a streamed answer, with `clew.delta.*`. */
export const EVENT_CLEW_DELTA = 'clew.delta'
/** Log record: a score, with `clew.score.*`. */
export const EVENT_CLEW_SCORE = 'clew.score'
/** Log record: one line of a task's log, with `clew.task.log.*`. */
export const EVENT_CLEW_TASK_LOG = 'clew.task.log'
/** Span event: the task entered a status. */
export const EVENT_CLEW_TASK_STATUS = 'clew.task.status'
/** Span event: a phase of the task started or ended. */
export const EVENT_CLEW_TASK_PHASE = 'clew.task.phase'
/** Span event: the agent decided something, with `clew.decision.*`. */
export const EVENT_CLEW_DECISION = 'clew.decision'
/** Span event: a policy was evaluated, with `clew.policy.*`. */
export const EVENT_CLEW_POLICY = 'clew.policy'
/** Span event: a person decided, with `clew.approval.*`. */
export const EVENT_CLEW_APPROVAL = 'clew.approval'
/** Span event: an attempt is repeated, with `clew.retry.*`. */
export const EVENT_CLEW_RETRY = 'clew.retry'
/** Span event: the agent's state changed, with `clew.state.*`. */
export const EVENT_CLEW_STATE = 'clew.state'
/** Span event: a budget was drawn on, with `clew.budget.*`. */
export const EVENT_CLEW_BUDGET = 'clew.budget'
/** Span event of OpenTelemetry: an exception. */
export const EVENT_EXCEPTION = 'exception'
