import type { SpanKind, Usage, WireSpan } from '@clew/semconv/span'

/** Tokens and cost; for a span what it adds to the totals: its own numbers less those that its descendants report again. */
export interface Amounts extends Required<Usage> {
  cost: number
}

const amountKeys = ['input', 'output', 'total', 'cacheRead', 'cacheWrite', 'reasoning', 'cost'] as const

const nothing: Readonly<Amounts> = zeroAmounts()

const modelKinds: ReadonlySet<SpanKind> = new Set(['LLM', 'EMBEDDING', 'RERANKER'])

/** `direct` was reached without crossing an agent, `sub` lies in nested agents. */
interface Parts {
  direct: Amounts
  sub: Amounts
}

/**
 * Tokens and cost by span so that their sum is the trace's roll-up in `@clew/domain`, whose rules these are:
 * wrappers, agents and frameworks report the sum of what their children reported already.
 */
export function countUsage(spans: readonly WireSpan[]): Map<string, Amounts> {
  const children = childrenOf(spans)
  const counted = new Map<string, Amounts>()
  const rolled = new Map<string, Parts>()
  for (const span of inPostOrder(spans, children)) {
    const below = (children.get(span.spanId) ?? []).flatMap((child) => {
      const parts = rolled.get(child.spanId)
      return parts ? [{ child, parts }] : []
    })
    if (below.length === 0 && !hasAmounts(span)) {
      counted.set(span.spanId, nothing)
      continue
    }
    const { extra, parts } = modelKinds.has(span.kind) ? rollModelCall(span, below) : rollOther(span, below)
    counted.set(span.spanId, extra)
    rolled.set(span.spanId, parts)
  }
  return counted
}

interface Below {
  child: WireSpan
  parts: Parts
}

/** A model call repeats what is nested in it, but never the work of the tools and agents below it. */
function rollModelCall(span: WireSpan, below: readonly Below[]): { extra: Amounts; parts: Parts } {
  const isApart = ({ child }: Below): boolean => child.kind === 'TOOL' || child.kind === 'AGENT'
  const nested = sumOf(below.filter((each) => !isApart(each)).map(({ parts }) => parts.direct))
  const tools = sumOf(below.filter(isApart).map(({ parts }) => parts.direct))
  const extra = beyond(amountsOf(span), nested)
  return {
    extra,
    parts: { direct: sumOf([extra, nested, tools]), sub: sumOf(below.map(({ parts }) => parts.sub)) },
  }
}

/** Any other span repeats all that lies below it, or, where its number doesn't cover that, all but nested agents. */
function rollOther(span: WireSpan, below: readonly Below[]): { extra: Amounts; parts: Parts } {
  const direct = sumOf(below.map(({ parts }) => parts.direct))
  const sub = sumOf(below.map(({ parts }) => parts.sub))
  const own = amountsOf(span)
  const all = sumOf([direct, sub])
  const covers = (key: keyof Amounts): boolean =>
    span.dialect !== 'voltagent' && measureOf(own, key) >= measureOf(all, key)
  const extra = mapAmounts((key) => over(own, covers(key) ? all : direct, key))
  if (span.kind === 'AGENT') return { extra, parts: { direct: zeroAmounts(), sub: sumOf([extra, all]) } }
  const parts = {
    direct: mapAmounts((key) => extra[key] + (covers(key) ? all[key] : direct[key])),
    sub: mapAmounts((key) => (covers(key) ? 0 : sub[key])),
  }
  return { extra, parts }
}

function beyond(own: Amounts, below: Amounts): Amounts {
  return mapAmounts((key) => over(own, below, key))
}

/** What the larger of two tellings adds to the smaller, never below nothing. */
function over(own: Amounts, below: Amounts, key: keyof Amounts): number {
  return measureOf(own, key) >= measureOf(below, key) ? Math.max(0, own[key] - below[key]) : 0
}

/** Two tellings of tokens are compared by input and output together. */
function measureOf(amounts: Amounts, key: keyof Amounts): number {
  return key === 'cost' ? amounts.cost : amounts.input + amounts.output
}

function mapAmounts(amount: (key: keyof Amounts) => number): Amounts {
  const amounts = zeroAmounts()
  for (const key of amountKeys) amounts[key] = amount(key)
  return amounts
}

function sumOf(parts: readonly Amounts[]): Amounts {
  const sum = zeroAmounts()
  for (const part of parts) addTo(sum, part)
  return sum
}

export function addTo(sum: Amounts, amounts: Amounts): void {
  sum.input += amounts.input
  sum.output += amounts.output
  sum.total += amounts.total
  sum.cacheRead += amounts.cacheRead
  sum.cacheWrite += amounts.cacheWrite
  sum.reasoning += amounts.reasoning
  sum.cost += amounts.cost
}

function hasAmounts({ usage, cost, duplicateOf }: WireSpan): boolean {
  return duplicateOf === undefined && (usage !== undefined || cost !== undefined)
}

function amountsOf(span: WireSpan): Amounts {
  if (!hasAmounts(span)) return nothing
  const { usage } = span
  return {
    input: usage?.input ?? 0,
    output: usage?.output ?? 0,
    total: usage?.total ?? (usage?.input ?? 0) + (usage?.output ?? 0),
    cacheRead: usage?.cacheRead ?? 0,
    cacheWrite: usage?.cacheWrite ?? 0,
    reasoning: usage?.reasoning ?? 0,
    cost: span.cost?.source === 'unpriced' ? 0 : (span.cost?.total ?? 0),
  }
}

export function zeroAmounts(): Amounts {
  return { input: 0, output: 0, total: 0, cacheRead: 0, cacheWrite: 0, reasoning: 0, cost: 0 }
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
