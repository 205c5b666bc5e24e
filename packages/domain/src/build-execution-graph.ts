import type { WireSpan } from '@clew/semconv/span'
import type {
  ExecutionGraph,
  GraphEdge,
  GraphNode,
  GraphNodeStatus,
  GraphNodeType,
} from './execution-graph.ts'
import { byStart, listSteps, nearestAncestor } from './list-steps.ts'
import type { Step } from './list-steps.ts'
import { isAgentNode } from './is-agent-node.ts'
import { linkSiblings } from './link-siblings.ts'
import { durationBetween, toDurationMs, toIso } from './time.ts'

const previewLength = 240

/**
 * The execution graph of a run or of all runs of a chat, from assembled spans. Steps of one parent that
 * overlap in time are parallel branches and meet again in a join.
 */
export function buildExecutionGraph(args: { graphId: string; spans: readonly WireSpan[] }): ExecutionGraph {
  const steps = listSteps(args.spans)
  const byId = new Map(args.spans.map((span) => [span.spanId, span]))
  const nodes = new Map<string, GraphNode>()
  for (const stage of listStages(args.spans, steps)) nodes.set(stage.spanId, toNode({ span: stage }))
  for (const step of steps) nodes.set(step.span.spanId, toNode(step))

  const children = new Map<string, WireSpan[]>()
  for (const span of byStart(args.spans)) {
    if (!nodes.has(span.spanId)) continue
    const parent = nearestAncestor({ span, byId, matches: (candidate) => nodes.has(candidate.spanId) })
    const key = parent?.spanId ?? ''
    const siblings = children.get(key)
    if (siblings) siblings.push(span)
    else children.set(key, [span])
  }
  const edges: GraphEdge[] = []
  for (const [parentId, siblings] of children) {
    const linked = linkSiblings({ siblings, ...(parentId !== '' && { parentId }) })
    for (const join of linked.joins) nodes.set(join.id, toJoinNode(join.id, join.after))
    edges.push(...linked.edges)
  }
  return { graphId: args.graphId, nodes: [...nodes.values()], edges, ...countSteps(nodes, steps) }
}

function listStages(spans: readonly WireSpan[], steps: readonly Step[]): WireSpan[] {
  const stepIds = new Set(steps.map((step) => step.span.spanId))
  return byStart(spans).filter(
    (span) =>
      (isAgentNode(span) || span.kind === 'TASK') &&
      span.duplicateOf === undefined &&
      !stepIds.has(span.spanId),
  )
}

function countSteps(nodes: ReadonlyMap<string, GraphNode>, steps: readonly Step[]) {
  let completedSteps = 0
  let runningSteps = 0
  let failedSteps = 0
  for (const step of steps) {
    const status = nodes.get(step.span.spanId)?.status
    if (status === 'completed') completedSteps += 1
    else if (status === 'failed') failedSteps += 1
    else if (status === 'running' || status === 'blocked') runningSteps += 1
  }
  return { totalSteps: steps.length, completedSteps, runningSteps, failedSteps }
}

function toNode(step: { span: WireSpan; number?: number; agent?: string }): GraphNode {
  const { span, number, agent } = step
  const lane = agent ?? span.agent?.name
  const error =
    span.status === 'error' ? (span.errorMessage ?? span.statusMessage ?? span.errorType) : undefined
  return {
    id: span.spanId,
    type: toNodeType(span),
    label: toNodeLabel(span),
    spanId: span.spanId,
    traceId: span.traceId,
    status: toNodeStatus(span),
    startedAt: toIso(span.startTimeUnixNano),
    ...(span.endTimeUnixNano !== undefined && {
      completedAt: toIso(span.endTimeUnixNano),
      durationMs: toDurationMs(
        span.durationNs ?? durationBetween(span.startTimeUnixNano, span.endTimeUnixNano),
      ),
    }),
    ...(span.usage && { tokens: span.usage }),
    ...(span.cost?.total !== undefined && { cost: span.cost.total }),
    ...(error !== undefined && { error }),
    ...(span.input !== undefined && { inputPreview: span.input.slice(0, previewLength) }),
    ...(span.output !== undefined && { outputPreview: span.output.slice(0, previewLength) }),
    ...(lane !== undefined && { agent: lane }),
    ...(number !== undefined && { step: number }),
  }
}

function toJoinNode(id: string, after: WireSpan): GraphNode {
  const at = after.endTimeUnixNano ?? after.startTimeUnixNano
  return {
    id,
    type: 'join',
    label: 'join',
    spanId: after.spanId,
    traceId: after.traceId,
    status: 'completed',
    startedAt: toIso(at),
    completedAt: toIso(at),
    durationMs: 0,
  }
}

function toNodeType(span: WireSpan): GraphNodeType {
  switch (span.kind) {
    case 'AGENT':
      return 'agent'
    case 'LLM':
      return 'llm'
    case 'TOOL':
      return /^(transfer_to|handoff)_?/.test(span.tool?.name ?? span.name) ? 'handoff' : 'tool'
    case 'RETRIEVER':
      return 'retriever'
    case 'EMBEDDING':
      return 'embedding'
    case 'RERANKER':
      return 'reranker'
    case 'GUARDRAIL':
      return 'guardrail'
    case 'EVALUATOR':
      return 'evaluator'
    case 'PROMPT':
      return 'prompt'
    case 'APPROVAL':
      return 'approval'
    case 'TASK':
      return 'task'
    case 'CHAIN':
      return isAgentNode(span) ? 'agent' : 'chain'
    case 'EVENT':
    case 'UNKNOWN':
      return 'chain'
  }
}

function toNodeLabel(span: WireSpan): string {
  if (span.kind === 'AGENT') return span.agent?.name ?? span.name
  if (span.kind === 'LLM') return span.model ?? span.requestModel ?? span.name
  if (span.kind === 'TOOL') return span.tool?.name ?? span.name
  return span.name
}

function toNodeStatus(span: WireSpan): GraphNodeStatus {
  if (span.state === 'lost') return 'cancelled'
  if (span.state === 'running') return span.kind === 'APPROVAL' ? 'blocked' : 'running'
  return span.status === 'error' ? 'failed' : 'completed'
}
