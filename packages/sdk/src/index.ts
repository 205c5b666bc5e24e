export { Attr } from './attr.ts'
export type { ClewTracing } from './clew-tracing.ts'
export type {
  BatchingOptions,
  ContentMode,
  InstrumentedModules,
  LimitOptions,
  LiveOptions,
  PrivacyOptions,
  SetupOptions,
} from './config/setup-options.ts'
export type { DeliveryStats } from './delivery/delivery-stats.ts'
export { ClewTracingError, InvalidSdkInputError, InvalidTracerInputError } from './errors.ts'
export type { ClewErrorCode } from './errors.ts'
export type { AgentIdentity, IdentityOptions } from './identity/identity.ts'
export type { InstallResult } from './instrument/shared/install-result.ts'
export { wrapClaudeAgentSdkQuery } from './instrument/claude-agent-sdk/wrap-query.ts'
export { createStartMarkerProcessor } from './provider/start-marker-processor.ts'
export { setup } from './setup.ts'
export type {
  ApprovalRecord,
  BudgetRecord,
  DecisionRecord,
  DocumentRecord,
  PolicyRecord,
  RetryRecord,
  ScoreRecord,
} from './spans/record-attributes.ts'
export { agentSpan, manualSpan, startAgentSpan, startManualSpan, traced } from './spans/span-functions.ts'
export type { SpanHandle } from './spans/span-handle.ts'
export { SpanKindValues } from './spans/span-kinds.ts'
export type { SpanKindValue } from './spans/span-kinds.ts'
export type { AgentSpanOptions, ManualSpanOptions } from './spans/span-options.ts'
export type { StartedSpan } from './spans/start-span.ts'
export { task } from './spans/task.ts'
export type { TaskHandle, TaskLogKind, TaskOptions, TaskStatus } from './spans/task.ts'
export { normaliseUsage } from './values/usage.ts'
export type { TokenUsage } from './values/usage.ts'
