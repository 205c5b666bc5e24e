import { listNames, providerInName } from './list-names.ts'
import type { PricePeriod, PriceTable, PriceTier, Rates } from './price-table.ts'
import { toMatcher, type Matcher } from './to-matcher.ts'

/** A price that a project set for itself, from a moment on. */
export interface PriceOverride extends Rates {
  /** A model's name as spans carry it, with or without date; a `*` at its end stands for any ending. */
  model: string
  /** Absent where it holds whoever served the model. */
  provider?: string | undefined
  /** Milliseconds since the epoch. */
  fromMs: number
}

export interface FoundPrice {
  rates: Rates & { tiers?: readonly PriceTier[] | undefined }
  /** Names the table or the project's own price, so that an old cost can be explained. */
  version: string
}

/** Answers what a model cost at a moment: the project's own price, else the public one. */
export interface PriceBook {
  /** Of the public table. */
  version: string
  find(wanted: { model: string; provider?: string | undefined; atMs: number }): FoundPrice | undefined
}

/** Models are named by senders, so what is remembered of them has a bound. */
const rememberedMax = 2000

/** Opens the table with a project's own prices over it. Models are looked up once and remembered. */
export function buildPriceBook(args: { table: PriceTable; overrides?: readonly PriceOverride[] }): PriceBook {
  const { table, overrides = [] } = args
  const providers = table.providers.map(toKnownProvider)
  const known = new Map<string, { own: PriceOverride[]; periods: readonly PricePeriod[] }>()
  const look = (model: string, provider: string | undefined) => {
    const key = `${provider ?? ''}\n${model}`
    const before = known.get(key)
    if (before !== undefined) return before
    const names = listNames(model)
    const found = {
      own: overrides
        .filter((override) => isOverridden({ override, names, provider }))
        .toSorted((a, b) => narrowness(b) - narrowness(a) || b.fromMs - a.fromMs),
      periods: findPeriods({ providers, names, model, provider }),
    }
    if (known.size >= rememberedMax) known.clear()
    known.set(key, found)
    return found
  }
  return {
    version: table.version,
    find: ({ model, provider, atMs }) => {
      const { own, periods } = look(model, provider?.toLowerCase())
      const override = own.find(({ fromMs }) => fromMs <= atMs)
      if (override !== undefined) {
        const day = new Date(override.fromMs).toISOString().slice(0, 10)
        return { rates: override, version: `project-${day}` }
      }
      const rates = periods.findLast((period) => isInForce(period, atMs))
      return rates === undefined ? undefined : { rates, version: table.version }
    },
  }
}

/** A price for one provider's model beats one for the model, and that beats one for several models. */
function narrowness({ model, provider }: PriceOverride): number {
  return (model.endsWith('*') ? 0 : 1) + (provider === undefined ? 0 : 2)
}

function isOverridden(args: {
  override: PriceOverride
  names: readonly string[]
  provider: string | undefined
}): boolean {
  const { override, names, provider } = args
  if (override.provider !== undefined && override.provider.toLowerCase() !== provider) return false
  const model = override.model.toLowerCase()
  if (!model.endsWith('*')) return names.includes(model)
  const start = model.slice(0, -1)
  return names.some((name) => name.startsWith(start))
}

interface KnownProvider {
  id: string
  isHost: boolean
  sells: readonly string[]
  isNamed: Matcher
  models: readonly { id: string; isMeant: Matcher; prices: readonly PricePeriod[] }[]
}

function toKnownProvider(provider: PriceTable['providers'][number]): KnownProvider {
  const { id, isHost = false, sells = [], match, models } = provider
  return {
    id,
    isHost,
    sells,
    isNamed: toMatcher(match),
    models: models.map((model) => ({
      id: model.id.toLowerCase(),
      isMeant: toMatcher(model.match),
      prices: model.prices,
    })),
  }
}

/** A model that names no provider is looked up at its makers; a host's own list is never left for another's. */
function findPeriods(args: {
  providers: readonly KnownProvider[]
  names: readonly string[]
  model: string
  provider: string | undefined
}): readonly PricePeriod[] {
  const { providers, names, model, provider } = args
  const named = [provider, providerInName(model)]
    .map((name) => (name === undefined ? undefined : findProvider(providers, name)))
    .filter((found) => found !== undefined)
  const isHosted = named.some(({ isHost }) => isHost)
  const rest = isHosted ? [] : providers.filter(({ isHost }) => !isHost)
  const sold = named.flatMap(({ sells }) => providers.filter(({ id }) => sells.includes(id)))
  for (const { models } of [...named, ...sold, ...rest]) {
    for (const name of names) {
      const found = models.find(({ id, isMeant }) => id === name || isMeant(name))
      if (found !== undefined) return found.prices
    }
  }
  return []
}

function findProvider(providers: readonly KnownProvider[], name: string): KnownProvider | undefined {
  return providers.find(({ id }) => id === name) ?? providers.find(({ isNamed }) => isNamed(name))
}

function isInForce({ from, hours }: PricePeriod, atMs: number): boolean {
  if (from !== undefined && Date.parse(from) > atMs) return false
  if (hours === undefined) return true
  const clock = new Date(atMs).toISOString().slice(11, 16)
  return hours.from <= hours.to
    ? clock >= hours.from && clock < hours.to
    : clock >= hours.from || clock < hours.to
}
