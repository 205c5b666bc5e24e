import { describe, expect, it } from 'vitest'
import { findPrice, priceSpan, priceUsage } from './price.ts'
import { publicPrices } from './prices/public-prices.ts'

const price = {
  model: 'm',
  input: 10,
  output: 20,
  cacheRead: 1,
  cacheWrite: 12,
  currency: 'USD',
  source: 'test',
  sourceDate: '2025-01-01',
}

describe('priceUsage', () => {
  it('prices cache reads and writes apart, as parts of the input', () => {
    const usage = { input: 1_000_000, output: 500_000, cacheRead: 300_000, cacheWrite: 100_000 }
    expect(priceUsage(usage, price, 'v')).toEqual({
      input: 6 + 0.3 + 1.2,
      output: 10,
      total: 17.5,
      currency: 'USD',
      source: 'computed',
      priceVersion: 'v',
    })
  })

  it('prices the cache as plain input where it has no price of its own', () => {
    const { cacheRead, cacheWrite, ...plain } = price
    expect(priceUsage({ input: 1_000_000, cacheRead: 400_000 }, plain).input).toBe(10)
    expect([cacheRead, cacheWrite]).toEqual([1, 12])
  })

  it('never goes below zero when a sender counts more cache than input', () => {
    expect(priceUsage({ input: 10, cacheRead: 1_000_000 }, price).input).toBe(1)
  })
})

describe('findPrice', () => {
  it.for([
    ['gpt-4o-mini', 'gpt-4o-mini'],
    ['gpt-4o-mini-2024-07-18', 'gpt-4o-mini'],
    ['claude-sonnet-4-5-20250929', 'claude-sonnet-4-5'],
    ['claude-3-5-sonnet-latest', 'claude-3-5-sonnet'],
    ['us.anthropic.claude-sonnet-4-5-20250929-v1:0', 'claude-sonnet-4-5'],
    ['anthropic/claude-opus-4-1', 'claude-opus-4-1'],
    ['openai/gpt-4.1', 'gpt-4.1'],
    ['GPT-4o', 'gpt-4o'],
    ['gemini-2.5-flash-preview-09-2025', 'gemini-2.5-flash'],
    ['gemini-2.0-flash-001', 'gemini-2.0-flash'],
  ])('finds %s', ([model, expected]) => {
    expect(findPrice(publicPrices, model ?? '')?.model).toBe(expected)
  })

  it.for(['gpt-4o-mini-mine', 'unknown', '', 'gpt', 'my-gpt-4o'])('has no price for %s', (model) => {
    expect(findPrice(publicPrices, model)).toBeUndefined()
  })

  it("prefers the provider's own price", () => {
    const table = { version: 'v', prices: [price, { ...price, provider: 'azure', input: 99 }] }
    expect(findPrice(table, 'm', 'azure')?.input).toBe(99)
    expect(findPrice(table, 'm', 'openai')?.input).toBe(10)
  })
})

describe('priceSpan', () => {
  const usage = { input: 1_000_000, output: 0 }

  it('lets a reported cost stand', () => {
    const cost = { total: 7, currency: 'USD', source: 'reported' as const }
    expect(priceSpan({ cost, usage, model: 'gpt-4o' }, publicPrices)).toBe(cost)
  })

  it('says unpriced for a model that has no price, and nothing for a span that used nothing', () => {
    expect(priceSpan({ usage, model: 'mine' }, publicPrices)).toMatchObject({ source: 'unpriced' })
    expect(priceSpan({ model: 'mine' }, publicPrices)).toBeUndefined()
  })

  it('falls back to the model that was asked for', () => {
    expect(priceSpan({ usage, model: 'deployment-7', requestModel: 'gpt-4o' }, publicPrices)?.total).toBe(2.5)
  })
})
