import type { Run, RunSummary } from '../run.ts'
import type { WireSpan } from '@clew/semconv/span'
import { compareNanos } from '../trace-tree.ts'
import { numberSteps } from './number-steps.ts'

/** One span in its place in the run. Times are milliseconds after the run's start. */
export interface RunNode {
  readonly id: string
  readonly span: WireSpan
  readonly children: RunNode[]
  /** Further recordings of the same call by another layer; shown on this one, not beside it. */
  readonly duplicates: WireSpan[]
  readonly isFailed: boolean
  readonly startMs: number
  /** Absent while the span runs, and for a span whose end never arrived. */
  readonly endMs: number | undefined
  parent: RunNode | undefined
  depth: number
  /** The agent at work: the nearest agent span that stands for an agent of its own, itself included. */
  agent: RunNode | undefined
  /** Steps are counted from 1 in the order of start. */
  step: number | undefined
}

/** What every projection of a run page is drawn from. */
export interface RunModel {
  readonly trace: RunSummary
  readonly isRunning: boolean
  /** Milliseconds since the epoch. */
  readonly startEpochMs: number
  /** The last moment anything is known of, after the run's start. */
  readonly lastMs: number
  readonly roots: readonly RunNode[]
  /** Parents before children, siblings by start. */
  readonly nodes: readonly RunNode[]
  readonly byId: ReadonlyMap<string, RunNode>
  /** In the order of start. */
  readonly steps: readonly RunNode[]
  readonly duplicateCount: number
}

/** Derives the tree, the times and the steps of a run; linear but for one sort. */
export function buildRunModel(run: Run): RunModel {
  const building = buildRunModelInParts(run)
  for (;;) {
    const part = building.next()
    if (part.done === true) return part.value
  }
}

/** The same, with a pause after each part, in which a page that shows a run of many thousand spans can answer. */
export function* buildRunModelInParts(run: Run): Generator<undefined, RunModel> {
  const start = findStart(run)
  const toMs = createClock(start)
  const aliases = findAliases(run.spans)
  yield
  const byId = new Map<string, RunNode>()
  for (const part of partsOf(run.spans)) {
    for (const span of part) if (!aliases.has(span.spanId)) byId.set(span.spanId, toNode(span, toMs))
    yield
  }
  attachDuplicates({ spans: run.spans, aliases, byId })
  const roots = linkParents({ byId, aliases })
  yield
  const nodes = toPreorder(roots, byId)
  yield
  let lastMs = run.trace.endTimeUnixNano === undefined ? 0 : toMs(run.trace.endTimeUnixNano)
  for (const node of nodes) {
    place(node)
    lastMs = Math.max(lastMs, node.endMs ?? node.startMs)
  }
  yield
  return {
    trace: run.trace,
    isRunning: run.trace.status === 'running',
    startEpochMs: Number(BigInt(start) / 1000n) / 1000,
    lastMs,
    roots,
    nodes,
    byId,
    steps: numberSteps({ spans: run.spans, nodes, byId }),
    duplicateCount: aliases.size,
  }
}

/** When a node ends for drawing: now while it runs, the last known moment when its end was lost. */
export function endOf(node: RunNode, nowMs: number): number {
  return Math.max(node.startMs, node.endMs ?? nowMs)
}

/** The name under which an agent is known. */
export function agentLabel(node: RunNode): string {
  return node.span.agent?.name ?? node.span.agent?.id ?? node.span.name
}

/** What a row says: the tool or model for a call, the agent's name for an agent, else the span's. */
export function nodeLabel(node: RunNode): string {
  const { span } = node
  if (span.kind === 'AGENT') return agentLabel(node)
  if (span.kind === 'LLM') return span.model ?? span.requestModel ?? span.name
  if (span.kind === 'TOOL') return span.tool?.name ?? span.name
  if (span.kind === 'APPROVAL' && span.approval?.by !== undefined) {
    return [span.approval.by, span.approval.decision].filter((part) => part !== undefined).join(', ')
  }
  if (span.kind === 'GUARDRAIL') return span.policy?.name ?? span.name
  return span.name
}

export function isOpen(node: RunNode): boolean {
  return node.span.state === 'running'
}

const partSize = 4000

function* partsOf<Item>(items: readonly Item[]): Generator<readonly Item[]> {
  for (let at = 0; at < items.length; at += partSize) yield items.slice(at, at + partSize)
}

function findStart(run: Run): string {
  let start = run.trace.startTimeUnixNano
  for (const { startTimeUnixNano } of run.spans) {
    if (compareNanos(startTimeUnixNano, start) < 0) start = startTimeUnixNano
  }
  return start
}

/** Milliseconds after the start, in whole microseconds; without bigints, of which a long run would make thousands. */
function createClock(start: string): (unixNano: string) => number {
  const startSeconds = Number(start.slice(0, -9))
  const startRest = Number(start.slice(-9))
  return (unixNano) => {
    const seconds = Number(unixNano.slice(0, -9)) - startSeconds
    const ns = seconds * 1e9 + Number(unixNano.slice(-9)) - startRest
    return Math.trunc(ns / 1000) / 1000
  }
}

function toNode(span: WireSpan, toMs: (unixNano: string) => number): RunNode {
  return {
    id: span.spanId,
    span,
    children: [],
    duplicates: [],
    isFailed: span.status === 'error',
    startMs: toMs(span.startTimeUnixNano),
    endMs: span.endTimeUnixNano === undefined ? undefined : toMs(span.endTimeUnixNano),
    parent: undefined,
    depth: 0,
    agent: undefined,
    step: undefined,
  }
}

function findAliases(spans: readonly WireSpan[]): Map<string, string> {
  const known = new Set(spans.map((span) => span.spanId))
  const aliases = new Map<string, string>()
  for (const span of spans) {
    const original = span.duplicateOf
    if (original !== undefined && original !== span.spanId && known.has(original)) {
      aliases.set(span.spanId, original)
    }
  }
  for (const [id, original] of aliases) if (resolve(original, aliases) === undefined) aliases.delete(id)
  return aliases
}

/** Follows duplicates to the span they stand on; undefined when they go in a circle. */
function resolve(id: string, aliases: ReadonlyMap<string, string>): string | undefined {
  let current = id
  for (let hops = 0; hops <= aliases.size; hops++) {
    const next = aliases.get(current)
    if (next === undefined) return current
    current = next
  }
  return undefined
}

function attachDuplicates(args: {
  spans: readonly WireSpan[]
  aliases: ReadonlyMap<string, string>
  byId: ReadonlyMap<string, RunNode>
}): void {
  for (const span of args.spans) {
    if (!args.aliases.has(span.spanId)) continue
    const original = resolve(span.spanId, args.aliases)
    if (original !== undefined) args.byId.get(original)?.duplicates.push(span)
  }
}

function linkParents(args: {
  byId: ReadonlyMap<string, RunNode>
  aliases: ReadonlyMap<string, string>
}): RunNode[] {
  const roots: RunNode[] = []
  for (const node of args.byId.values()) {
    const parentId = node.span.parentSpanId
    const resolved = parentId === undefined ? undefined : resolve(parentId, args.aliases)
    const parent = resolved === undefined ? undefined : args.byId.get(resolved)
    if (parent === undefined || parent === node) roots.push(node)
    else {
      node.parent = parent
      parent.children.push(node)
    }
  }
  return roots
}

/** Children can name each other as parents; whatever no root reaches becomes a root, so nothing is hidden. */
function toPreorder(roots: RunNode[], byId: ReadonlyMap<string, RunNode>): RunNode[] {
  const seen = new Set<RunNode>()
  const order: RunNode[] = []
  const walk = (from: readonly RunNode[]): void => {
    const stack = from.toReversed()
    for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
      if (seen.has(node)) continue
      seen.add(node)
      order.push(node)
      node.children.sort(byStart)
      for (let i = node.children.length - 1; i >= 0; i--) {
        const child = node.children[i]
        if (child !== undefined && !seen.has(child)) stack.push(child)
      }
    }
  }
  roots.sort(byStart)
  walk(roots)
  if (order.length === byId.size) return order
  for (const node of byId.values()) {
    if (seen.has(node)) continue
    detach(node)
    roots.push(node)
    walk([node])
  }
  return order
}

function detach(node: RunNode): void {
  const siblings = node.parent?.children
  if (siblings !== undefined) siblings.splice(siblings.indexOf(node), 1)
  node.parent = undefined
}

function byStart(a: RunNode, b: RunNode): number {
  return a.startMs - b.startMs || (a.id < b.id ? -1 : 1)
}

function place(node: RunNode): void {
  const { parent } = node
  node.depth = parent === undefined ? 0 : parent.depth + 1
  node.agent = node.span.kind === 'AGENT' && isAgentOfItsOwn(node) ? node : parent?.agent
}

/** Some SDKs wrap every model call in an unnamed agent span: inside another agent it is not a second agent. */
function isAgentOfItsOwn(node: RunNode): boolean {
  const outer = node.parent?.agent
  if (outer === undefined) return true
  const name = node.span.agent?.name ?? node.span.agent?.id
  if (name !== undefined) return name !== agentLabel(outer) || node.parent?.span.kind === 'TOOL'
  return node.parent?.span.kind === 'TOOL'
}
