import { endOf } from '@clew/domain/story'
import type { RunModel, RunNode } from '@clew/domain/story'

export interface ContextBar {
  id: string
  startMs: number
  endMs: number
  tokens: number
}

export interface SpendPoint {
  ms: number
  total: number
}

export interface Strips {
  /** What each model call had in front of it. */
  context: ContextBar[]
  contextMax: number
  /** What had been spent by then; empty without a single price. */
  spend: SpendPoint[]
  spendTotal: number
  currency: string
}

/** Context and spend over time, from the model calls that carry them. */
export function buildStrips(model: RunModel, nowMs: number): Strips {
  const context: ContextBar[] = []
  const costs: { ms: number; cost: number }[] = []
  const wrappers = findWrappers(model)
  let currency = 'USD'
  for (const node of model.nodes) {
    const { usage, cost, kind } = node.span
    if (kind === 'LLM' && usage?.input !== undefined) {
      context.push({ id: node.id, startMs: node.startMs, endMs: endOf(node, nowMs), tokens: usage.input })
    }
    if (cost?.total !== undefined && cost.total > 0 && !wrappers.has(node)) {
      currency = cost.currency
      costs.push({ ms: endOf(node, nowMs), cost: cost.total })
    }
  }
  costs.sort((a, b) => a.ms - b.ms)
  let total = 0
  const spend = costs.map(({ ms, cost }) => ({ ms, total: (total += cost) }))
  const contextMax = context.reduce((most, bar) => Math.max(most, bar.tokens), 0)
  return { context, contextMax, spend, spendTotal: total, currency }
}

/** Wrappers repeat the cost of the calls inside them. */
function findWrappers(model: RunModel): Set<RunNode> {
  const wrappers = new Set<RunNode>()
  for (const node of model.nodes) {
    if (node.span.cost?.total === undefined) continue
    for (let outer = node.parent; outer !== undefined && !wrappers.has(outer); outer = outer.parent) {
      wrappers.add(outer)
    }
  }
  return wrappers
}
