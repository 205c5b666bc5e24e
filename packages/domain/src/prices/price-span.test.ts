import { describe, expect, it } from 'vitest'
import { buildPriceBook } from './price-book.ts'
import { priceSpan, priceUsage } from './price-span.ts'
import { readPublicPrices } from './read-public-prices.ts'

const rates = { input: 10, output: 20, cacheRead: 1, cacheWrite: 12 }

describe('priceUsage', () => {
  it('prices cache reads and writes apart, as parts of the input', () => {
    const usage = { input: 1_000_000, output: 500_000, cacheRead: 300_000, cacheWrite: 100_000 }
    expect(priceUsage(usage, { rates, version: 'v' })).toEqual({
      input: 6 + 0.3 + 1.2,
      output: 10,
      total: 17.5,
      currency: 'USD',
      source: 'computed',
      priceVersion: 'v',
    })
  })

  it('prices the cache as plain input where it has no price of its own', () => {
    const plain = { rates: { input: 10, output: 20 }, version: 'v' }
    expect(priceUsage({ input: 1_000_000, cacheRead: 400_000 }, plain).input).toBe(10)
  })

  it('never goes below zero when a sender counts more cache than input', () => {
    expect(priceUsage({ input: 10, cacheRead: 1_000_000 }, { rates, version: 'v' }).input).toBe(1)
  })

  it('prices reasoning apart where it has a price of its own, as a part of the output', () => {
    const usage = { output: 1_000_000, reasoning: 250_000 }
    expect(priceUsage(usage, { rates, version: 'v' }).output).toBe(20)
    expect(priceUsage(usage, { rates: { ...rates, reasoning: 40 }, version: 'v' }).output).toBe(15 + 10)
  })

  it('prices the whole call by the tier that its input reaches', () => {
    const tiered = {
      rates: { ...rates, tiers: [{ aboveInput: 200_000, input: 20, output: 30, cacheRead: 2 }] },
      version: 'v',
    }
    expect(priceUsage({ input: 200_000, output: 100_000 }, tiered).total).toBeCloseTo(2 + 2, 9)
    expect(priceUsage({ input: 200_001, cacheRead: 200_001, output: 100_000 }, tiered).total).toBeCloseTo(
      0.400_002 + 3,
      9,
    )
  })
})

describe('priceSpan', () => {
  const book = buildPriceBook({ table: readPublicPrices() })
  const usage = { input: 1_000_000, output: 0 }
  const startTimeUnixNano = '1780000000000000000'

  it('lets a reported cost stand, and shows beside it what the usage costs', () => {
    const cost = { total: 7, currency: 'USD', source: 'reported' as const }
    expect(priceSpan({ cost, usage, model: 'gpt-4o', startTimeUnixNano }, book)).toEqual({
      cost,
      computedCost: {
        input: 2.5,
        output: 0,
        total: 2.5,
        currency: 'USD',
        source: 'computed',
        priceVersion: book.version,
      },
    })
    expect(priceSpan({ cost, usage, model: 'mine', startTimeUnixNano }, book)).toEqual({ cost })
  })

  it('says unpriced for a model that has no price, and nothing for a span that used nothing', () => {
    expect(priceSpan({ usage, model: 'mine', startTimeUnixNano }, book)).toMatchObject({
      cost: { source: 'unpriced' },
    })
    expect(priceSpan({ model: 'mine', startTimeUnixNano }, book)).toEqual({})
  })

  it('falls back to the model that was asked for', () => {
    const span = { usage, model: 'deployment-7', requestModel: 'gpt-4o', startTimeUnixNano }
    expect(priceSpan(span, book).cost?.total).toBe(2.5)
  })

  it('prices an old span at the price of its time', () => {
    const o3 = { usage, model: 'o3', startTimeUnixNano: `${Date.parse('2025-06-01')}000000` }
    expect(priceSpan(o3, book).cost?.total).toBe(10)
    expect(priceSpan({ ...o3, startTimeUnixNano }, book).cost?.total).toBe(2)
  })
})
