import type { Cost, Usage, WireSpan } from '@clew/semconv/span'
import { toEpochMs } from '../time.ts'
import type { FoundPrice, PriceBook } from './price-book.ts'

type Priced = Pick<WireSpan, 'cost' | 'usage' | 'model' | 'requestModel' | 'provider' | 'startTimeUnixNano'>

/**
 * The cost of one span, at the prices in force when it started: what the app reported, else what its usage costs,
 * else `unpriced`. Beside a reported cost stands the computed one. Nothing for a span that used nothing.
 */
export function priceSpan(span: Priced, book: PriceBook): { cost?: Cost; computedCost?: Cost } {
  const computed = computeCost(span, book)
  if (span.cost?.source !== 'reported') return computed === undefined ? {} : { cost: computed }
  return computed?.source === 'computed' ? { cost: span.cost, computedCost: computed } : { cost: span.cost }
}

function computeCost(span: Priced, book: PriceBook): Cost | undefined {
  const { usage, model, requestModel, provider } = span
  const tokens = (usage?.input ?? 0) + (usage?.output ?? 0)
  if (usage === undefined || model === undefined || tokens === 0) return undefined
  const atMs = toEpochMs(span.startTimeUnixNano)
  const price =
    book.find({ model, provider, atMs }) ??
    (requestModel === undefined ? undefined : book.find({ model: requestModel, provider, atMs }))
  if (price === undefined) return { currency: 'USD', source: 'unpriced', priceVersion: book.version }
  return priceUsage(usage, price)
}

const perMillion = 1_000_000

/** What the usage costs. Cache reads and writes are parts of the input, reasoning of the output, priced apart. */
export function priceUsage(usage: Usage, { rates, version }: FoundPrice): Cost {
  const { input: inputTokens = 0, output: outputTokens = 0 } = usage
  const { cacheRead = 0, cacheWrite = 0, reasoning = 0 } = usage
  const tier = rates.tiers?.findLast(({ aboveInput }) => inputTokens > aboveInput) ?? rates
  const plain = Math.max(0, inputTokens - cacheRead - cacheWrite)
  const input =
    (plain * tier.input +
      cacheRead * (tier.cacheRead ?? tier.input) +
      cacheWrite * (tier.cacheWrite ?? tier.input)) /
    perMillion
  const thought = Math.min(reasoning, outputTokens)
  const output =
    ((outputTokens - thought) * tier.output + thought * (tier.reasoning ?? tier.output)) / perMillion
  return { input, output, total: input + output, currency: 'USD', source: 'computed', priceVersion: version }
}
