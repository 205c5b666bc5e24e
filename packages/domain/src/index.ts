export type {
  ExecutionGraph,
  GraphEdge,
  GraphEdgeType,
  GraphNode,
  GraphNodeStatus,
  GraphNodeType,
} from './execution-graph.ts'
export { filter, filterCondition, filterOperators, filterScopes } from './filter.ts'
export type { Filter, FilterCondition, FilterNode, FilterOperator, FilterScope } from './filter.ts'
export { parseOrganisationId, parseProjectId, parseSpanId, parseTraceId } from './ids.ts'
export type { OrganisationId, ProjectId, SpanId, TraceId } from './ids.ts'
export { fail, ok } from './result.ts'
export type { Result } from './result.ts'
export { isRetentionDays, retentionClasses } from './retention.ts'
export type { RetentionDays, RetentionPolicy } from './retention.ts'
export type {
  AgentCallEdge,
  AgentSummary,
  CurrentStep,
  Run,
  RunStatus,
  RunSummary,
  SessionSummary,
} from './run.ts'
export { feedKinds } from './run-event.ts'
export type { EndReason, FeedEntry, FeedKind, RunEvent } from './run-event.ts'
export type { ChatEvent, ChatRunStatus } from './chat/chat-event.ts'
export { ChatNarrator } from './chat/chat-narrator.ts'
export type { ChatEventMaker } from './chat/teller.ts'
export { taskLogKinds, taskStatuses } from './task.ts'
export type { Task, TaskLogKind, TaskLogs, TaskStatus, TaskTimings } from './task.ts'
export { durationBetween, toDurationMs, toEpochMs, toIso, toUnixNano } from './time.ts'
export { buildExecutionGraph } from './build-execution-graph.ts'
export { buildTaskLogs } from './build-task-logs.ts'
export { buildTaskTimings } from './build-task-timings.ts'
export { deriveTasks, toTaskStatus } from './derive-tasks.ts'
export { agentNameOf, byStart, listSteps } from './list-steps.ts'
export type { Step } from './list-steps.ts'
export { compareNanos } from './trace-tree.ts'
export { reduceRun } from './reduce-run.ts'
export type { LiveRun, StreamedContent } from './reduce-run.ts'
export { addPlaceholders } from './add-placeholders.ts'
export { RunReplay } from './run-replay.ts'
export { toSnapshotEvent } from './to-snapshot-event.ts'
export { toLeanEvent, toLeanRun } from './to-lean-run.ts'
export { toLoggedEvent } from './to-logged-event.ts'
export { toReplayEvents, toStartedSpan } from './to-replay-events.ts'
export { assembleTrace } from './assemble-trace.ts'
export { nextHeartbeatLossMs } from './heartbeat-losses.ts'
export { assemblyInputs } from './assembly-inputs.ts'
export { findFirstError } from './find-first-error.ts'
export { toPreviewText } from './preview-text.ts'
