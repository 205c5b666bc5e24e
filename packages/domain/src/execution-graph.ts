import type { Usage } from '@clew/semconv/span'

export type GraphNodeType =
  | 'agent'
  | 'llm'
  | 'tool'
  | 'retriever'
  | 'embedding'
  | 'reranker'
  | 'approval'
  | 'guardrail'
  | 'evaluator'
  | 'prompt'
  | 'task'
  | 'chain'
  | 'handoff'
  | 'join'
  | 'split'

export type GraphNodeStatus =
  | 'pending'
  | 'ready'
  | 'running'
  | 'completed'
  | 'failed'
  | 'cancelled'
  | 'skipped'
  | 'blocked'

export interface GraphNode {
  id: string
  type: GraphNodeType
  label: string
  spanId: string
  traceId: string
  status: GraphNodeStatus
  startedAt: string
  completedAt?: string
  durationMs?: number
  tokens?: Usage
  cost?: number
  error?: string
  inputPreview?: string
  outputPreview?: string
  /** The agent whose lane the node stands in. */
  agent?: string
  /** Steps count up in the order of start; agents and chains have none. */
  step?: number
}

export type GraphEdgeType = 'parent' | 'flow' | 'handoff' | 'retry' | 'join'

export interface GraphEdge {
  from: string
  to: string
  type: GraphEdgeType
  label?: string
}

/** The execution graph of a chat or a run, `surfaces` §3. Times are ISO 8601. */
export interface ExecutionGraph {
  graphId: string
  nodes: GraphNode[]
  edges: GraphEdge[]
  totalSteps: number
  completedSteps: number
  runningSteps: number
  failedSteps: number
}
