import type { SpanKind, WireSpan } from '@clew/semconv/span'
import { compareNanos } from './trace-tree.ts'

const plumbing: ReadonlySet<SpanKind> = new Set(['CHAIN', 'EVENT', 'UNKNOWN'])

/** A numbered step of a run: what the story tells, the timeline counts and the graph draws. */
export interface Step {
  /** Counts up from 1 in the order of start. */
  number: number
  span: WireSpan
  /** Nearest ancestor that is a step or an agent. */
  parentStepId?: string
  /** Name of the agent in whose lane the step stands. */
  agent?: string
}

/**
 * The steps of a run in the order of start. The outermost agents and tasks are the stage and no steps;
 * nested agents are (somebody was handed something). Chains and plain spans are steps only where an
 * error ends in them; what a retrieval does inside itself, and duplicates, are not.
 */
export function listSteps(spans: readonly WireSpan[]): Step[] {
  const byId = new Map(spans.map((span) => [span.spanId, span]))
  const failedParents = new Set<string>()
  for (const span of spans) {
    if (span.status === 'error' && span.parentSpanId !== undefined) failedParents.add(span.parentSpanId)
  }
  const steps: Step[] = []
  for (const span of byStart(spans)) {
    if (!isStep({ span, byId, hasFailedChild: failedParents.has(span.spanId) })) continue
    const parentStep = nearestAncestor({ span, byId, matches: isGraphKind })
    const agent = agentNameOf({ span, byId })
    steps.push({
      number: steps.length + 1,
      span,
      ...(parentStep && { parentStepId: parentStep.spanId }),
      ...(agent !== undefined && { agent }),
    })
  }
  return steps
}

/** Spans ordered by start, ties by the order given. */
export function byStart(spans: readonly WireSpan[]): WireSpan[] {
  return spans.toSorted((a, b) => compareNanos(a.startTimeUnixNano, b.startTimeUnixNano))
}

/** Deeper than this a walk upwards looks out for cycles; a set for each span would cost more than the walks. */
const depthUnwatched = 32

/** The nearest ancestor that matches; cycles in foreign parent ids end the walk. */
export function nearestAncestor(args: {
  span: WireSpan
  byId: ReadonlyMap<string, WireSpan>
  matches: (span: WireSpan) => boolean
}): WireSpan | undefined {
  let seen: Set<string> | undefined
  let depth = 0
  let parent = parentOf(args.span, args.byId)
  while (parent && parent !== args.span && seen?.has(parent.spanId) !== true) {
    if (args.matches(parent)) return parent
    depth += 1
    if (depth > depthUnwatched) (seen ??= new Set()).add(parent.spanId)
    parent = parentOf(parent, args.byId)
  }
  return undefined
}

/** The lane of a span: its own name for an agent, else that of the nearest agent above it. */
export function agentNameOf(args: {
  span: WireSpan
  byId: ReadonlyMap<string, WireSpan>
}): string | undefined {
  const agent = args.span.kind === 'AGENT' ? args.span : nearestAncestor({ ...args, matches: isAgent })
  if (agent) return agent.agent?.name ?? agent.name
  return args.span.agent?.name
}

/** True for kinds that stand for something the agent did, as against plumbing. */
export function isGraphKind(span: WireSpan): boolean {
  return span.duplicateOf === undefined && !plumbing.has(span.kind)
}

function isStep(args: {
  span: WireSpan
  byId: ReadonlyMap<string, WireSpan>
  hasFailedChild: boolean
}): boolean {
  const { span, byId, hasFailedChild } = args
  if (span.duplicateOf !== undefined) return false
  if (!isGraphKind(span))
    return span.status === 'error' && !hasFailedChild && parentOf(span, byId) !== undefined
  if (span.kind === 'AGENT' || span.kind === 'TASK') {
    return nearestAncestor({ span, byId, matches: isAgent }) !== undefined
  }
  if (span.kind !== 'EMBEDDING' && span.kind !== 'RERANKER') return true
  return nearestAncestor({ span, byId, matches: isGraphKind })?.kind !== 'RETRIEVER'
}

function isAgent(span: WireSpan): boolean {
  return span.kind === 'AGENT' && span.duplicateOf === undefined
}

function parentOf(span: WireSpan, byId: ReadonlyMap<string, WireSpan>): WireSpan | undefined {
  return span.parentSpanId === undefined ? undefined : byId.get(span.parentSpanId)
}
