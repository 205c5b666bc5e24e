import type { ModelPrice, PriceTable } from '../price.ts'

const openai = { currency: 'USD', source: 'openai.com/api/pricing', sourceDate: '2025-12-01' }
const anthropic = { currency: 'USD', source: 'claude.com/pricing', sourceDate: '2025-12-01' }
const google = { currency: 'USD', source: 'ai.google.dev/pricing', sourceDate: '2025-12-01' }

/** List prices of public models, standard tier, per million tokens in USD. */
export const publicPrices: PriceTable = {
  version: 'public-2025-12-01',
  prices: [
    ...rows(openai, [
      ['gpt-4o', 2.5, 10, 1.25],
      ['gpt-4o-mini', 0.15, 0.6, 0.075],
      ['gpt-4.1', 2, 8, 0.5],
      ['gpt-4.1-mini', 0.4, 1.6, 0.1],
      ['gpt-4.1-nano', 0.1, 0.4, 0.025],
      ['gpt-5', 1.25, 10, 0.125],
      ['gpt-5-mini', 0.25, 2, 0.025],
      ['gpt-5-nano', 0.05, 0.4, 0.005],
      ['gpt-5-chat', 1.25, 10, 0.125],
      ['gpt-5-codex', 1.25, 10, 0.125],
      ['gpt-5-pro', 15, 120],
      ['gpt-5.1', 1.25, 10, 0.125],
      ['gpt-5.1-chat', 1.25, 10, 0.125],
      ['gpt-5.1-codex', 1.25, 10, 0.125],
      ['o1', 15, 60, 7.5],
      ['o3', 2, 8, 0.5],
      ['o3-mini', 1.1, 4.4, 0.55],
      ['o3-pro', 20, 80],
      ['o4-mini', 1.1, 4.4, 0.275],
      ['gpt-4-turbo', 10, 30],
      ['gpt-3.5-turbo', 0.5, 1.5],
      ['text-embedding-3-small', 0.02, 0],
      ['text-embedding-3-large', 0.13, 0],
      ['text-embedding-ada-002', 0.1, 0],
    ]),
    ...rows(anthropic, [
      ['claude-3-haiku', 0.25, 1.25, 0.03, 0.3],
      ['claude-3-opus', 15, 75, 1.5, 18.75],
      ['claude-3-5-haiku', 0.8, 4, 0.08, 1],
      ['claude-3-5-sonnet', 3, 15, 0.3, 3.75],
      ['claude-3-7-sonnet', 3, 15, 0.3, 3.75],
      ['claude-sonnet-4', 3, 15, 0.3, 3.75],
      ['claude-sonnet-4-0', 3, 15, 0.3, 3.75],
      ['claude-sonnet-4-5', 3, 15, 0.3, 3.75],
      ['claude-opus-4', 15, 75, 1.5, 18.75],
      ['claude-opus-4-0', 15, 75, 1.5, 18.75],
      ['claude-opus-4-1', 15, 75, 1.5, 18.75],
      ['claude-opus-4-5', 5, 25, 0.5, 6.25],
      ['claude-haiku-4-5', 1, 5, 0.1, 1.25],
    ]),
    ...rows(google, [
      ['gemini-2.0-flash', 0.1, 0.4, 0.025],
      ['gemini-2.0-flash-lite', 0.075, 0.3],
      ['gemini-2.5-flash', 0.3, 2.5, 0.03],
      ['gemini-2.5-flash-lite', 0.1, 0.4, 0.01],
      ['gemini-2.5-pro', 1.25, 10, 0.125],
      ['gemini-embedding-001', 0.15, 0],
    ]),
  ],
}

/** Model, input, output, cache read, cache write. */
type Row = readonly [string, number, number, number?, number?]

function rows(
  origin: Pick<ModelPrice, 'currency' | 'source' | 'sourceDate'>,
  list: readonly Row[],
): ModelPrice[] {
  return list.map(([model, input, output, cacheRead, cacheWrite]) => ({
    ...origin,
    model,
    input,
    output,
    ...(cacheRead === undefined ? {} : { cacheRead }),
    ...(cacheWrite === undefined ? {} : { cacheWrite }),
  }))
}
