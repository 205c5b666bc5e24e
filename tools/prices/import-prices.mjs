import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

/**
 * Writes packages/domain/src/prices/public-prices.json from an unpacked `@pydantic/genai-prices` (MIT), which gathers
 * the public price pages of the providers with their history:
 *
 *   npm pack @pydantic/genai-prices && tar xzf pydantic-genai-prices-*.tgz
 *   node tools/prices/import-prices.mjs <the folder `package`> <day of that release, as 2026-09-23>
 */

/** In the order in which a model that names no provider is looked up; hosts sell models of others. */
const wanted = [
  { id: 'azure', isHost: true, match: { contains: 'azure' } },
  { id: 'aws', isHost: true },
  { id: 'groq', isHost: true, match: { starts_with: 'groq' } },
  { id: 'together', isHost: true, match: { starts_with: 'together' } },
  { id: 'fireworks', isHost: true, match: { starts_with: 'fireworks' } },
  { id: 'cerebras', isHost: true },
  { id: 'openai' },
  { id: 'anthropic' },
  { id: 'google' },
  { id: 'mistral' },
  { id: 'cohere' },
  { id: 'deepseek', match: { starts_with: 'deepseek' } },
  { id: 'x-ai', match: { or: [{ equals: 'xai' }, { equals: 'x_ai' }, { equals: 'grok' }] } },
  { id: 'perplexity', match: { starts_with: 'perplexity' } },
  { id: 'moonshotai' },
  { id: 'minimax', match: { starts_with: 'minimax' } },
  { id: 'zhipuai', match: { or: [{ equals: 'zai' }, { equals: 'z-ai' }, { equals: 'zhipu' }] } },
  { id: 'voyageai' },
]

const rateNames = {
  input: 'input_mtok',
  output: 'output_mtok',
  cacheRead: 'cache_read_mtok',
  cacheWrite: 'cache_write_mtok',
  reasoning: 'output_reasoning_mtok',
}

const [folder, day] = process.argv.slice(2)
if (folder === undefined || !/^\d{4}-\d{2}-\d{2}$/.test(day ?? '')) {
  process.stderr.write('usage: import-prices.mjs <unpacked package> <day of its release>\n')
  process.exit(2)
}
const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
const { findProvider } = await import(pathToFileURL(resolve(folder, 'dist/index.js')).href)

const providers = wanted.map(({ id, isHost, match }) => {
  const found = findProvider({ providerId: id })
  if (found?.id !== id) throw new Error(`the package has no provider ${id}`)
  return {
    id,
    name: found.name,
    sources: found.pricing_urls ?? [],
    ...(isHost ? { isHost } : {}),
    match: match ?? found.provider_match,
    ...(found.fallback_model_providers === undefined ? {} : { sells: found.fallback_model_providers }),
    models: found.models.flatMap(toModel).toSorted((a, b) => a.id.localeCompare(b.id, 'en')),
  }
})
const table = {
  version: `public-${day}`,
  source: `@pydantic/genai-prices ${version} (MIT), which cites the price pages of each provider`,
  sourceDate: day,
}
const lines = providers.map(({ models, ...provider }) => {
  const rows = models.map((model) => `        ${JSON.stringify(model)}`).join(',\n')
  return `    {\n      ${JSON.stringify(provider).slice(1, -1)},\n      "models": [\n${rows}\n      ]\n    }`
})
writeFileSync(
  new URL('../../packages/domain/src/prices/public-prices.json', import.meta.url),
  `{\n  ${JSON.stringify(table).slice(1, -1)},\n  "providers": [\n${lines.join(',\n')}\n  ]\n}\n`,
)
process.stdout.write(`${providers.reduce((sum, { models }) => sum + models.length, 0)} models\n`)

/** Nothing for a model that is not priced by tokens. */
function toModel({ id, match, prices }) {
  const periods = (Array.isArray(prices) ? prices : [{ prices }]).flatMap(toPeriod)
  return periods.length === 0 ? [] : [{ id, match, prices: periods }]
}

function toPeriod({ constraint, prices }) {
  if (prices.input_mtok === undefined && prices.output_mtok === undefined) return []
  const starts = [...new Set(Object.values(rateNames).flatMap((name) => tiersOf(prices[name])))]
  const tiers = starts
    .toSorted((a, b) => a - b)
    .map((start) => ({ aboveInput: start, ...toRates(prices, start) }))
  return [
    {
      ...(constraint?.start_date === undefined ? {} : { from: constraint.start_date }),
      ...(constraint?.start_time === undefined
        ? {}
        : { hours: { from: constraint.start_time.slice(0, 5), to: constraint.end_time.slice(0, 5) } }),
      ...toRates(prices, -1),
      ...(tiers.length === 0 ? {} : { tiers }),
    },
  ]
}

function toRates(prices, inputTokens) {
  const rates = { input: 0, output: 0 }
  for (const [rate, name] of Object.entries(rateNames)) {
    const price = prices[name]
    if (price === undefined) continue
    rates[rate] = typeof price === 'number' ? price : tierPrice(price, inputTokens)
  }
  return rates
}

function tiersOf(price) {
  return typeof price === 'object' ? price.tiers.map((tier) => tier.start) : []
}

function tierPrice({ base, tiers }, inputTokens) {
  return tiers.filter((tier) => inputTokens >= tier.start).at(-1)?.price ?? base
}
