import { z } from 'zod'

/** How a name is recognised; texts are compared in lower case. */
export type NameMatch =
  | { equals: string }
  | { starts_with: string }
  | { ends_with: string }
  | { contains: string }
  | { regex: string }
  | { or: NameMatch[] }
  | { and: NameMatch[] }

const nameMatch: z.ZodType<NameMatch> = z.lazy(() =>
  z.union([
    z.strictObject({ equals: z.string() }),
    z.strictObject({ starts_with: z.string() }),
    z.strictObject({ ends_with: z.string() }),
    z.strictObject({ contains: z.string() }),
    z.strictObject({ regex: z.string() }),
    z.strictObject({ or: z.array(nameMatch) }),
    z.strictObject({ and: z.array(nameMatch) }),
  ]),
)

const amount = z.number().nonnegative()

const rates = {
  input: amount,
  output: amount,
  cacheRead: amount.optional(),
  cacheWrite: amount.optional(),
  reasoning: amount.optional(),
}

const clock = z.string().regex(/^\d{2}:\d{2}$/)

const period = z.strictObject({
  from: z.iso.date().optional(),
  hours: z.strictObject({ from: clock, to: clock }).optional(),
  ...rates,
  tiers: z.array(z.strictObject({ aboveInput: z.number(), ...rates })).optional(),
})

/** The public price table: providers, their models, and what each cost from when on. */
export const priceTable = z.strictObject({
  version: z.string(),
  /** Who says so. */
  source: z.string(),
  /** The day on which the source said so. */
  sourceDate: z.iso.date(),
  providers: z.array(
    z.strictObject({
      id: z.string(),
      name: z.string(),
      /** Price pages. */
      sources: z.array(z.string()),
      /** Recognises the provider's name on a span. */
      match: nameMatch,
      /** Sells models of others at prices of its own: looked up only where a span names it. */
      isHost: z.boolean().optional(),
      /** Providers whose prices it takes for models that it doesn't list. */
      sells: z.array(z.string()).optional(),
      models: z.array(z.strictObject({ id: z.string(), match: nameMatch, prices: z.array(period).min(1) })),
    }),
  ),
})
export type PriceTable = z.output<typeof priceTable>
export type PriceProvider = PriceTable['providers'][number]
export type PricedModel = PriceProvider['models'][number]

/** US dollars per million tokens. A rate that is absent is that of plain input, or of plain output for reasoning. */
export interface Rates {
  input: number
  output: number
  cacheRead?: number | undefined
  cacheWrite?: number | undefined
  reasoning?: number | undefined
}

/** Rates for the whole of a call whose input is larger. */
export interface PriceTier extends Rates {
  aboveInput: number
}

/** Rates from a day on (UTC), and within hours of the day where they differ; of several the last counts. */
export interface PricePeriod extends Rates {
  from?: string | undefined
  hours?: { from: string; to: string } | undefined
  tiers?: readonly PriceTier[] | undefined
}
