import type { Cost, Usage, WireSpan } from '@clew/semconv/span'

/** What a model costs, per million tokens. A price that is absent is that of plain input. */
export interface ModelPrice {
  /** Set where another provider sells the same model at another price. */
  provider?: string
  /** The model's id without its date. */
  model: string
  input: number
  output: number
  cacheRead?: number
  cacheWrite?: number
  currency: string
  source: string
  /** ISO date on which the source said so. */
  sourceDate: string
}

/** A price table with the version that computed costs are stamped with. */
export interface PriceTable {
  version: string
  prices: readonly ModelPrice[]
}

/**
 * The price of a model: its own id, else the id without date and other suffixes. A price of that provider
 * wins over one for any.
 */
export function findPrice(table: PriceTable, model: string, provider?: string): ModelPrice | undefined {
  for (const id of candidateIds(model)) {
    const matches = table.prices.filter((price) => price.model === id)
    const found =
      matches.find((price) => price.provider !== undefined && price.provider === provider) ??
      matches.find((price) => price.provider === undefined)
    if (found !== undefined) return found
  }
  return undefined
}

/** What the usage costs at that price. Cache reads and writes are parts of the input and priced apart. */
export function priceUsage(usage: Usage, price: ModelPrice, priceVersion?: string): Cost {
  const cacheRead = usage.cacheRead ?? 0
  const cacheWrite = usage.cacheWrite ?? 0
  const plain = Math.max(0, (usage.input ?? 0) - cacheRead - cacheWrite)
  const input =
    (plain * price.input +
      cacheRead * (price.cacheRead ?? price.input) +
      cacheWrite * (price.cacheWrite ?? price.input)) /
    perMillion
  const output = ((usage.output ?? 0) * price.output) / perMillion
  return {
    input,
    output,
    total: input + output,
    currency: price.currency,
    source: 'computed',
    ...(priceVersion === undefined ? {} : { priceVersion }),
  }
}

/**
 * The cost of one span: what the app reported, else usage at the table's price, else `unpriced`.
 * Undefined where the span used nothing that has a price.
 */
export function priceSpan(
  span: Pick<WireSpan, 'cost' | 'usage' | 'model' | 'requestModel' | 'provider'>,
  table: PriceTable,
): Cost | undefined {
  if (span.cost?.source === 'reported') return span.cost
  const tokens = (span.usage?.input ?? 0) + (span.usage?.output ?? 0)
  if (span.usage === undefined || span.model === undefined || tokens === 0) return span.cost
  const price =
    findPrice(table, span.model, span.provider) ??
    (span.requestModel === undefined ? undefined : findPrice(table, span.requestModel, span.provider))
  if (price === undefined) return { currency: 'USD', source: 'unpriced', priceVersion: table.version }
  return priceUsage(span.usage, price, table.version)
}

const perMillion = 1_000_000

/** Endings that don't change the price: dates, `latest`, revisions. */
const suffixes =
  /(?:[-@](?:20\d{6}|20\d{2}-\d{2}-\d{2}|latest|preview(?:-\d{2}-\d{2,4})?|exp(?:-\d{2}-\d{2,4})?|\d{3}|v\d+(?::\d+)?))+$/

function candidateIds(model: string): string[] {
  const lower = model.toLowerCase()
  const bare = lower.slice(lower.lastIndexOf('/') + 1)
  const unprefixed = bare.replace(/^(?:[a-z]{2,6}\.)?(?:anthropic|openai|google)\./, '')
  const ids = [lower, bare, unprefixed].flatMap((id) => [id, id.replace(suffixes, '')])
  return [...new Set(ids)]
}
