import type { SpanKind, WireSpan } from '@clew/semconv/span'
import { firstErrorOf } from './find-first-error.ts'
import { toPreviewText } from './preview-text.ts'
import { rollUpUsage } from './roll-up-usage.ts'
import type { CurrentStep, RunStatus, RunSummary } from './run.ts'
import { lastHeard, mayStillArrive } from './settle-states.ts'
import { durationBetween, toUnixNano } from './time.ts'
import { type TraceNode, type TraceTree, compareNanos } from './trace-tree.ts'

const modelKinds: ReadonlySet<SpanKind> = new Set(['LLM', 'EMBEDDING', 'RERANKER'])

/** The header of a run, from spans that are assembled. */
export function summariseTrace({ tree, now }: { tree: TraceTree; now?: number }): RunSummary {
  const root = chooseRoot(tree)
  const status = toStatus({ tree, root, now })
  const { usage, cost } = rollUpUsage(tree)
  const start = tree.nodes[0]?.span.startTimeUnixNano ?? '0'
  const end = status === 'running' ? undefined : lastEnd(tree)
  const until = end ?? (status === 'running' && now !== undefined ? toUnixNano(now) : lastHeard(tree))
  const firstError = firstErrorOf(tree.nodes)
  const currentStep = status === 'running' ? findCurrentStep(tree) : undefined
  return {
    traceId: root?.span.traceId ?? '',
    name: root?.span.name ?? '',
    status,
    ...(root === undefined ? {} : { rootSpanId: root.span.spanId }),
    startTimeUnixNano: start,
    ...(end === undefined ? {} : { endTimeUnixNano: end }),
    durationNs: durationBetween(start, until),
    ...(usage === undefined ? {} : { usage }),
    ...(cost === undefined ? {} : { cost }),
    ...countSpans(tree),
    ...listNames(tree),
    ...describeRoot(root),
    ...previews(tree, root),
    ...(firstError === undefined ? {} : describeError(firstError)),
    ...(currentStep === undefined ? {} : { currentStep }),
  }
}

/** The earliest span that names no parent; without one, the earliest whose parent is missing. */
function chooseRoot(tree: TraceTree): TraceNode | undefined {
  return tree.roots.find((root) => root.span.parentSpanId === undefined) ?? tree.roots[0]
}

function toStatus(args: {
  tree: TraceTree
  root: TraceNode | undefined
  now: number | undefined
}): RunStatus {
  const { tree, root, now } = args
  if (root === undefined) return 'unset'
  const { span } = root
  if (span.state === 'lost') return 'lost'
  const awaitsParent = span.parentMissing === true && now !== undefined && mayStillArrive(tree, now)
  if (span.state === 'running' || awaitsParent) return 'running'
  if (span.status === 'unset') return isFailedInside(tree, root) ? 'error' : 'unset'
  return span.status
}

/**
 * Some agents leave their root unset when they fail: it failed when the last thing that it did failed and
 * it gave no answer. An error that it recovered from is only inside.
 */
function isFailedInside(tree: TraceTree, root: TraceNode): boolean {
  if (hasOutput(root.span) || root.children.length === 0) return false
  let last: WireSpan | undefined
  for (const { span, children } of tree.nodes) {
    if (children.some((child) => child.span.duplicateOf === undefined)) continue
    if (span.duplicateOf !== undefined || span.endTimeUnixNano === undefined) continue
    if (last === undefined || compareNanos(span.endTimeUnixNano, last.endTimeUnixNano ?? '0') >= 0)
      last = span
  }
  return last?.status === 'error'
}

/** Also where the reader may not see content: a run's status must not depend on who looks. */
function hasOutput(span: WireSpan): boolean {
  return span.output !== undefined || span.sources?.['output'] !== undefined
}

function lastEnd(tree: TraceTree): string | undefined {
  let last: string | undefined
  for (const { span } of tree.nodes) {
    const end = span.endTimeUnixNano
    if (end !== undefined && (last === undefined || compareNanos(end, last) > 0)) last = end
  }
  return last
}

function countSpans(
  tree: TraceTree,
): Pick<RunSummary, 'spanCount' | 'errorCount' | 'llmCount' | 'toolCount' | 'hasError'> {
  let errorCount = 0
  let llmCount = 0
  let toolCount = 0
  for (const { span } of tree.nodes) {
    if (span.duplicateOf !== undefined) continue
    if (span.status === 'error') errorCount++
    if (span.kind === 'LLM') llmCount++
    if (span.kind === 'TOOL') toolCount++
  }
  return { spanCount: tree.nodes.length, errorCount, llmCount, toolCount, hasError: errorCount > 0 }
}

type Names = Pick<
  RunSummary,
  'agents' | 'models' | 'tools' | 'sessionIds' | 'userIds' | 'tags' | 'unpricedModels'
>

/** Distinct values in the order in which they first appear. */
function listNames(tree: TraceTree): Names {
  const agents = new Set<string>()
  const models = new Set<string>()
  const tools = new Set<string>()
  const sessionIds = new Set<string>()
  const userIds = new Set<string>()
  const tags = new Set<string>()
  const unpriced = new Set<string>()
  for (const { span } of tree.nodes) {
    if (span.agent?.name !== undefined) agents.add(span.agent.name)
    if (span.sessionId !== undefined) sessionIds.add(span.sessionId)
    if (span.userId !== undefined) userIds.add(span.userId)
    for (const tag of span.tags ?? []) tags.add(tag)
    if (span.tool?.name !== undefined) tools.add(span.tool.name)
    if (span.model === undefined || !modelKinds.has(span.kind)) continue
    models.add(span.model)
    if (span.duplicateOf === undefined && isUnpriced(span)) unpriced.add(span.model)
  }
  return {
    agents: [...agents],
    models: models.size > 0 ? [...models] : modelsOf(tree),
    tools: [...tools],
    sessionIds: [...sessionIds],
    userIds: [...userIds],
    tags: [...tags],
    unpricedModels: [...unpriced],
  }
}

/** Where no model call is recorded, agents may still name the model. */
function modelsOf(tree: TraceTree): string[] {
  return [...new Set(tree.nodes.flatMap(({ span }) => span.model ?? []))]
}

/** Without tokens there is nothing to price. */
function isUnpriced(span: WireSpan): boolean {
  const hasTokens = (span.usage?.input ?? 0) + (span.usage?.output ?? 0) > 0
  return hasTokens && (span.cost === undefined || span.cost.source === 'unpriced')
}

function describeRoot(
  root: TraceNode | undefined,
): Pick<RunSummary, 'serviceName' | 'environment' | 'agentVersion' | 'outcome' | 'stopReason'> {
  if (root === undefined) return {}
  const { serviceName, environment, agent, outcome, stopReason } = root.span
  const version = agent?.version
  return {
    ...(serviceName === undefined ? {} : { serviceName }),
    ...(environment === undefined ? {} : { environment }),
    ...(version === undefined ? {} : { agentVersion: version }),
    ...(outcome === undefined ? {} : { outcome }),
    ...(stopReason === undefined ? {} : { stopReason }),
  }
}

/** The root's own input and output; else what the first agent or model was asked, and the last answered. */
function previews(
  tree: TraceTree,
  root: TraceNode | undefined,
): Pick<RunSummary, 'inputPreview' | 'outputPreview'> {
  const speakers = tree.nodes.filter(({ span }) => span.kind === 'AGENT' || span.kind === 'LLM')
  const asked = root?.span.input ?? speakers.find(({ span }) => span.input !== undefined)?.span.input
  const answered = root?.span.output ?? lastOutput(speakers)
  const input = toPreviewText(asked)
  const output = toPreviewText(answered)
  return {
    ...(input === undefined ? {} : { inputPreview: input }),
    ...(output === undefined ? {} : { outputPreview: output }),
  }
}

function lastOutput(nodes: readonly TraceNode[]): string | undefined {
  let last: WireSpan | undefined
  for (const { span } of nodes) {
    if (span.output === undefined) continue
    if (last === undefined || compareNanos(span.endTimeUnixNano ?? '0', last.endTimeUnixNano ?? '0') >= 0)
      last = span
  }
  return last?.output
}

function describeError(span: WireSpan): Pick<RunSummary, 'errorMessage' | 'firstError'> {
  const { spanId, name, errorMessage, errorType } = span
  return {
    ...(errorMessage === undefined ? {} : { errorMessage }),
    firstError: {
      spanId,
      name,
      ...(errorMessage === undefined ? {} : { message: errorMessage }),
      ...(errorType === undefined ? {} : { type: errorType }),
    },
  }
}

/** The deepest span that runs, the newest of equals. */
function findCurrentStep(tree: TraceTree): CurrentStep | undefined {
  let current: TraceNode | undefined
  for (const node of tree.nodes) {
    if (node.span.state !== 'running') continue
    if (current === undefined || node.depth >= current.depth) current = node
  }
  if (current === undefined) return undefined
  const { spanId, name, kind, startTimeUnixNano } = current.span
  return { spanId, name, kind, startTimeUnixNano }
}
