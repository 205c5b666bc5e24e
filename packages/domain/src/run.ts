import type { CanonicalLog, Cost, JsonValue, SpanKind, Usage, WireSpan } from '@clew/semconv/span'

/** `running` until the root has ended; `error` when the run itself failed; `lost` when its sender went away. */
export type RunStatus = 'running' | 'ok' | 'error' | 'unset' | 'lost'

/** What runs at this moment: the deepest open leaf, newest first. */
export interface CurrentStep {
  spanId: string
  name: string
  kind: SpanKind
  startTimeUnixNano: string
}

/** One run (trace) as lists and the header of a run show it. Times are decimal nanoseconds. */
export interface RunSummary {
  traceId: string
  name: string
  status: RunStatus
  /** True when any span inside failed, recovered or not. */
  hasError: boolean
  rootSpanId?: string
  startTimeUnixNano: string
  endTimeUnixNano?: string
  durationNs: string
  usage?: Usage
  cost?: Cost
  spanCount: number
  errorCount: number
  llmCount: number
  toolCount: number
  agents: string[]
  models: string[]
  tools: string[]
  sessionIds: string[]
  userIds: string[]
  tags: string[]
  serviceName?: string
  environment?: string
  agentVersion?: string
  /** At most 240 characters. */
  inputPreview?: string
  /** At most 240 characters. */
  outputPreview?: string
  errorMessage?: string
  outcome?: string
  stopReason?: string
  currentStep?: CurrentStep
  /** First error in causal order. */
  firstError?: { spanId: string; name: string; message?: string; type?: string }
  /** Models that were called and have no price. */
  unpricedModels: string[]
}

/** A run with its spans; spans are ordered by start, parents before children at equal starts. */
export interface Run {
  trace: RunSummary
  spans: WireSpan[]
  logs: CanonicalLog<JsonValue>[]
}

/** The numbers of one agent over a span of time. Rates are 0..1; absent where nothing supports them. */
export interface AgentSummary {
  name: string
  agentId?: string
  versions: string[]
  runCount: number
  runningCount: number
  errorCount: number
  spanCount: number
  successRate?: number
  durationMsP50?: number
  durationMsP95?: number
  usage: Usage
  cost?: Cost
  costPerSuccess?: number
  models: string[]
  tools: string[]
  lastSeenUnixNano: string
}

export interface AgentCallEdge {
  from: string
  to: string
  kind: 'agent' | 'tool' | 'model' | 'handoff'
  callCount: number
  errorCount: number
  durationMsP50?: number
}

/** One chat (session): all runs with the same session id. */
export interface SessionSummary {
  sessionId: string
  runCount: number
  runningCount: number
  errorCount: number
  userIds: string[]
  agents: string[]
  startTimeUnixNano: string
  lastTimeUnixNano: string
  durationNs: string
  usage: Usage
  cost?: Cost
  firstInputPreview?: string
  lastOutputPreview?: string
}
