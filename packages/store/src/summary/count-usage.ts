import type { Usage, WireSpan } from '@clew/semconv/span'

/** What a span adds to the totals: its own numbers less those that its descendants report again. */
export interface CountedUsage {
  usage: Required<Usage>
  cost: number
}

type Amounts = Record<keyof Usage | 'cost', number>

const amountKeys = ['input', 'output', 'total', 'cacheRead', 'cacheWrite', 'reasoning', 'cost'] as const

/**
 * Tokens and cost by span so that their sum is the trace's roll-up: wrappers, agents and frameworks report
 * the sum of what their children reported already. `children` must hold every span but duplicates.
 */
export function countUsage(spans: readonly WireSpan[]): Map<string, CountedUsage> {
  const children = childrenOf(spans)
  const counted = new Map<string, CountedUsage>()
  const rolled = new Map<string, { direct: Amounts; sub: Amounts; total: Amounts }>()
  for (const span of inPostOrder(spans, children)) {
    const below = (children.get(span.spanId) ?? []).map((child) => ({
      child,
      roll: rolled.get(child.spanId),
    }))
    const direct = zero()
    const sub = zero()
    for (const { child, roll } of below) {
      if (!roll) continue
      if (isCrossed(span, child)) add(sub, roll.total)
      else {
        add(direct, roll.total)
        if (span.kind !== 'LLM') move(roll.sub, { from: direct, to: sub })
      }
    }
    const extra = exclusiveOf(span, { direct, sub })
    counted.set(span.spanId, { usage: toUsage(extra), cost: extra.cost })
    const total = zero()
    for (const amounts of [extra, direct, sub]) add(total, amounts)
    rolled.set(span.spanId, { direct, sub, total })
  }
  return counted
}

/** An LLM span never counts the work of agents and tools below it; any other never that of a nested agent. */
function isCrossed(span: WireSpan, child: WireSpan): boolean {
  return child.kind === 'AGENT' || (span.kind === 'LLM' && child.kind === 'TOOL')
}

function exclusiveOf(span: WireSpan, below: { direct: Amounts; sub: Amounts }): Amounts {
  const own = amountsOf(span)
  const extra = zero()
  for (const key of amountKeys) {
    const all = below.direct[key] + below.sub[key]
    const isInclusive = span.kind !== 'LLM' && own[key] >= all
    extra[key] = Math.max(0, own[key] - (isInclusive ? all : below.direct[key]))
  }
  return extra
}

function amountsOf(span: WireSpan): Amounts {
  const { usage } = span
  return {
    input: usage?.input ?? 0,
    output: usage?.output ?? 0,
    total: usage?.total ?? (usage?.input ?? 0) + (usage?.output ?? 0),
    cacheRead: usage?.cacheRead ?? 0,
    cacheWrite: usage?.cacheWrite ?? 0,
    reasoning: usage?.reasoning ?? 0,
    cost: span.cost?.total ?? 0,
  }
}

function toUsage(amounts: Amounts): Required<Usage> {
  const { cost: _cost, ...usage } = amounts
  return usage
}

function zero(): Amounts {
  return { input: 0, output: 0, total: 0, cacheRead: 0, cacheWrite: 0, reasoning: 0, cost: 0 }
}

function add(to: Amounts, amounts: Amounts): void {
  for (const key of amountKeys) to[key] += amounts[key]
}

function move(amounts: Amounts, { from, to }: { from: Amounts; to: Amounts }): void {
  for (const key of amountKeys) {
    from[key] -= amounts[key]
    to[key] += amounts[key]
  }
}

function childrenOf(spans: readonly WireSpan[]): Map<string, WireSpan[]> {
  const children = new Map<string, WireSpan[]>()
  for (const span of spans) {
    if (span.parentSpanId === undefined) continue
    const siblings = children.get(span.parentSpanId)
    if (siblings) siblings.push(span)
    else children.set(span.parentSpanId, [span])
  }
  return children
}

/** Children before parents, without recursion: traces can be deep. A cycle is cut where it is met. */
function inPostOrder(spans: readonly WireSpan[], children: ReadonlyMap<string, WireSpan[]>): WireSpan[] {
  const ids = new Set(spans.map((span) => span.spanId))
  const seen = new Set<string>()
  const order: WireSpan[] = []
  const roots = spans.filter((span) => span.parentSpanId === undefined || !ids.has(span.parentSpanId))
  for (const root of [...roots, ...spans]) {
    if (seen.has(root.spanId)) continue
    seen.add(root.spanId)
    const stack = [root]
    while (stack.length > 0) {
      const span = stack.pop()
      if (!span) break
      order.push(span)
      for (const child of children.get(span.spanId) ?? []) {
        if (seen.has(child.spanId)) continue
        seen.add(child.spanId)
        stack.push(child)
      }
    }
  }
  return order.toReversed()
}
