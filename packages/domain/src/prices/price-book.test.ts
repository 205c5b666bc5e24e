import { describe, expect, it } from 'vitest'
import { buildPriceBook } from './price-book.ts'
import type { PriceTable } from './price-table.ts'
import { readPublicPrices } from './read-public-prices.ts'

const atMs = Date.parse('2026-10-01T12:00:00Z')
const publicBook = buildPriceBook({ table: readPublicPrices() })

function rate(model: string, provider?: string) {
  const found = publicBook.find({ model, provider, atMs })
  return found === undefined ? undefined : [found.rates.input, found.rates.output]
}

describe('the public table', () => {
  it.for([
    ['gpt-4o-mini', undefined, 0.15, 0.6],
    ['gpt-4o-mini-2024-07-18', 'openai', 0.15, 0.6],
    ['gpt-4o-2024-08-06', undefined, 2.5, 10],
    ['gpt-4o-2024-05-13', undefined, 5, 15],
    ['GPT-4o', undefined, 2.5, 10],
    ['openai/gpt-4.1', undefined, 2, 8],
    ['gpt-4o', 'azure', 2.5, 10],
    ['text-embedding-3-small', 'openai', 0.02, 0],
    ['claude-sonnet-4-5-20250929', 'anthropic', 3, 15],
    ['claude-3-5-sonnet-latest', undefined, 3, 15],
    ['anthropic/claude-opus-4-1', 'openrouter', 15, 75],
    ['us.anthropic.claude-sonnet-4-5-20250929-v1:0', undefined, 3.3, 16.5],
    ['global.anthropic.claude-sonnet-4-5-20250929-v1:0', 'aws.bedrock', 3, 15],
    ['claude-sonnet-4-5@20250929', 'google', 3, 15],
    ['models/gemini-2.5-flash', 'google', 0.3, 2.5],
    ['gemini-2.5-flash-preview-09-2025', undefined, 0.3, 2.5],
    ['gemini-2.0-flash-001', undefined, 0.1, 0.4],
    ['amazon.nova-lite-v1:0', undefined, 0.06, 0.24],
    ['mistral-large-latest', 'mistral_ai', 2, 6],
    ['command-r-plus-08-2024', 'cohere', 2.5, 10],
    ['grok-3', 'x_ai', 3, 15],
    ['deepseek-chat', 'deepseek', 0.27, 1.1],
    ['meta.llama3-3-70b-instruct-v1:0', undefined, 0.72, 0.72],
    ['voyage-3-large', undefined, 0.18, 0],
  ] as const)('prices %s of %s', ([model, provider, input, output]) => {
    expect(rate(model, provider)).toEqual([input, output])
  })

  it.for(['gpt-4o-mini-mine', 'unknown', '', 'gpt', 'my-gpt-4o', 'llama-3.3-70b-versatile'])(
    'has no price for %s',
    (model) => {
      expect(rate(model)).toBeUndefined()
    },
  )

  it("never takes another's price for a host's model", () => {
    expect(rate('llama-3.3-70b-versatile', 'groq')).toEqual([0.59, 0.79])
    expect(rate('gpt-4o', 'groq')).toBeUndefined()
  })

  it('says whence and of when it is', () => {
    const { version, source, sourceDate, providers } = readPublicPrices()
    expect(version).toBe(`public-${sourceDate}`)
    expect(source).toContain('genai-prices')
    expect(providers.every(({ sources }) => sources.every((url) => url.startsWith('https://')))).toBe(true)
  })
})

const table: PriceTable = {
  version: 'v',
  source: 's',
  sourceDate: '2026-01-01',
  providers: [
    {
      id: 'maker',
      name: 'Maker',
      sources: [],
      match: { equals: 'maker' },
      models: [
        {
          id: 'm',
          match: { equals: 'm' },
          prices: [
            { input: 10, output: 40 },
            { from: '2026-06-10', input: 2, output: 8 },
            { from: '2026-06-10', hours: { from: '22:00', to: '06:00' }, input: 1, output: 4 },
          ],
        },
      ],
    },
  ],
}

describe('a price that changed', () => {
  const book = buildPriceBook({ table })
  it.for([
    ['2026-06-09T23:59:59Z', 10],
    ['2026-06-10T06:00:00Z', 2],
    ['2026-06-10T21:59:00Z', 2],
    ['2026-06-10T22:00:00Z', 1],
    ['2026-06-11T05:59:00Z', 1],
  ] as const)('costs at %s what it cost then', ([at, input]) => {
    expect(book.find({ model: 'm', atMs: Date.parse(at) })?.rates.input).toBe(input)
  })
})

const from = (day: string) => Date.parse(`${day}T12:00:00Z`)

describe("a project's own price", () => {
  const book = buildPriceBook({
    table,
    overrides: [
      { model: 'm', input: 5, output: 5, fromMs: from('2026-07-01') },
      { model: 'm', input: 6, output: 6, fromMs: from('2026-08-01') },
      { model: 'ours*', input: 7, output: 7, fromMs: 0 },
      { model: 'ours-large', input: 8, output: 8, fromMs: 0 },
      { model: 'ours-large', provider: 'Azure', input: 9, output: 9, fromMs: 0 },
    ],
  })
  const input = (model: string, day = '2026-09-01', provider?: string) =>
    book.find({ model, provider, atMs: from(day) })?.rates.input

  it('counts from its day on, over the table and over an older one', () => {
    expect(['2026-06-30', '2026-07-01', '2026-08-02'].map((day) => input('m', day))).toEqual([2, 5, 6])
    expect(book.find({ model: 'm', atMs: from('2026-08-02') })?.version).toBe('project-2026-08-01')
  })

  it('prices models that nobody lists, the narrowest wish first, with or without date', () => {
    expect(input('ours-small')).toBe(7)
    expect(input('team/ours-large-2026-01-01')).toBe(8)
    expect(input('ours-large', '2026-09-01', 'azure')).toBe(9)
    expect(input('theirs')).toBeUndefined()
  })
})
