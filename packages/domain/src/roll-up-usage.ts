import type { Cost, SpanKind, Usage, WireSpan } from '@clew/semconv/span'
import type { TraceNode, TraceTree } from './trace-tree.ts'

/** Tokens and cost of a trace, each counted once. */
export interface RolledUp {
  usage?: Usage
  cost?: Cost
}

const modelKinds: ReadonlySet<SpanKind> = new Set(['LLM', 'EMBEDDING', 'RERANKER'])

/**
 * Totals of a trace by roll-up, never by summing all spans: agents often repeat the sum of their model
 * calls, model calls may be recorded by two layers. A model call counts the larger of itself and what is
 * nested in it; any other span its own number where that covers what lies below, else what lies below.
 */
export function rollUpUsage(tree: TraceTree): RolledUp {
  const usage = sumOf(
    tree.roots,
    rollUp({ tree, own: ownUsage, add: addUsage, size: usageSize, larger: largerUsage }),
  )
  const cost = sumOf(
    tree.roots,
    rollUp({ tree, own: ownCost, add: addCost, size: costSize, larger: largerCost }),
  )
  return { ...(usage === undefined ? {} : { usage }), ...(cost === undefined ? {} : { cost }) }
}

function sumOf<Amount>(roots: readonly TraceNode[], rolled: Rolled<Amount>): Amount | undefined {
  return roots.reduce<Amount | undefined>((sum, root) => {
    const parts = rolled.parts.get(root)
    return rolled.add(sum, rolled.add(parts?.direct, parts?.sub))
  }, undefined)
}

interface Measure<Amount> {
  own: (span: WireSpan) => Amount | undefined
  add: (a: Amount | undefined, b: Amount | undefined) => Amount | undefined
  size: (amount: Amount | undefined) => number
  /** The larger of two tellings of the same work. */
  larger: (a: Amount | undefined, b: Amount | undefined) => Amount | undefined
}

/** `direct` was reached without crossing an agent, `sub` lies in nested agents. */
interface Parts<Amount> {
  direct: Amount | undefined
  sub: Amount | undefined
}

interface Rolled<Amount> {
  parts: Map<TraceNode, Parts<Amount>>
  add: Measure<Amount>['add']
}

/** Children before parents, without recursion. */
function rollUp<Amount>({ tree, ...measure }: Measure<Amount> & { tree: TraceTree }): Rolled<Amount> {
  const parts = new Map<TraceNode, Parts<Amount>>()
  const deepestFirst = tree.nodes.toSorted((a, b) => b.depth - a.depth)
  for (const node of deepestFirst) {
    const own = node.span.duplicateOf === undefined ? measure.own(node.span) : undefined
    const rolled = modelKinds.has(node.span.kind)
      ? rollModelCall({ node, own, parts, measure })
      : rollOther({ node, own, parts, measure })
    parts.set(node, rolled)
  }
  return { parts, add: measure.add }
}

interface RollArgs<Amount> {
  node: TraceNode
  own: Amount | undefined
  parts: ReadonlyMap<TraceNode, Parts<Amount>>
  measure: Measure<Amount>
}

function rollModelCall<Amount>({ node, own, parts, measure }: RollArgs<Amount>): Parts<Amount> {
  let nested: Amount | undefined
  let tools: Amount | undefined
  let sub: Amount | undefined
  for (const child of node.children) {
    const part = parts.get(child)
    if (child.span.kind === 'TOOL' || child.span.kind === 'AGENT') tools = measure.add(tools, part?.direct)
    else nested = measure.add(nested, part?.direct)
    sub = measure.add(sub, part?.sub)
  }
  return { direct: measure.add(measure.larger(own, nested), tools), sub }
}

function rollOther<Amount>({ node, own, parts, measure }: RollArgs<Amount>): Parts<Amount> {
  let direct: Amount | undefined
  let sub: Amount | undefined
  for (const child of node.children) {
    const part = parts.get(child)
    direct = measure.add(direct, part?.direct)
    sub = measure.add(sub, part?.sub)
  }
  const below = measure.add(direct, sub)
  // VoltAgent's agents count themselves only, however large their number is.
  const isInclusive =
    node.span.dialect !== 'voltagent' && own !== undefined && measure.size(own) >= measure.size(below)
  const total = isInclusive ? measure.larger(own, below) : measure.add(measure.larger(own, direct), sub)
  if (node.span.kind === 'AGENT') return { direct: undefined, sub: total }
  return isInclusive ? { direct: total, sub: undefined } : { direct: measure.larger(own, direct), sub }
}

function ownUsage(span: WireSpan): Usage | undefined {
  return span.usage
}

const counters = ['input', 'output', 'total', 'cacheRead', 'cacheWrite', 'reasoning'] as const

function addUsage(a: Usage | undefined, b: Usage | undefined): Usage | undefined {
  if (a === undefined) return b
  if (b === undefined) return a
  const sum: Usage = {}
  for (const counter of counters) {
    if (a[counter] !== undefined || b[counter] !== undefined)
      sum[counter] = (a[counter] ?? 0) + (b[counter] ?? 0)
  }
  return sum
}

function usageSize(usage: Usage | undefined): number {
  return (usage?.input ?? 0) + (usage?.output ?? 0)
}

/** The larger telling; where both are as large, each fills in the details that the other lacks. */
function largerUsage(a: Usage | undefined, b: Usage | undefined): Usage | undefined {
  if (a === undefined || b === undefined) return a ?? b
  const difference = usageSize(a) - usageSize(b)
  if (difference === 0) return { ...b, ...a }
  return difference > 0 ? a : b
}

/** A cost that is no price counts as none. */
function ownCost(span: WireSpan): Cost | undefined {
  return span.cost === undefined || span.cost.source === 'unpriced' ? undefined : span.cost
}

function addCost(a: Cost | undefined, b: Cost | undefined): Cost | undefined {
  if (a === undefined) return b
  if (b === undefined) return a
  const total = (a.total ?? 0) + (b.total ?? 0)
  const input = addOptional(a.input, b.input)
  const output = addOptional(a.output, b.output)
  const version = a.priceVersion ?? b.priceVersion
  return {
    ...(input === undefined ? {} : { input }),
    ...(output === undefined ? {} : { output }),
    total,
    currency: a.currency,
    source: a.source === 'reported' && b.source === 'reported' ? 'reported' : 'computed',
    ...(version === undefined ? {} : { priceVersion: version }),
  }
}

/** Parts add up only where both sides have them. */
function addOptional(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? undefined : a + b
}

function costSize(cost: Cost | undefined): number {
  return cost?.total ?? 0
}

/** What the app reported beats what was computed; else the larger, with a margin for sums of fractions. */
function largerCost(a: Cost | undefined, b: Cost | undefined): Cost | undefined {
  if (a === undefined || b === undefined) return a ?? b
  if (a.source !== b.source) return a.source === 'reported' ? a : b
  return costSize(a) >= costSize(b) * 0.999_999 ? a : b
}
