/** Endings that don't change the price: dates, `latest`, revisions. */
const suffixes =
  /(?:[-@](?:20\d{6}|20\d{2}-\d{2}-\d{2}|latest|preview(?:-\d{2}-\d{2,4})?|exp(?:-\d{2}-\d{2,4})?|\d{3}|v\d+(?::\d+)?))+$/

/** `us.anthropic.`: the region and the maker in Bedrock's ids. */
const bedrockPrefix =
  /^(?:[a-z]{2,6}\.)?(?:amazon|anthropic|cohere|deepseek|google|meta|mistral|nvidia|openai|qwen)\./

/**
 * The names under which a model may be listed, most exact first: as it was called, without the path before it
 * (`models/`, `anthropic/`), without Bedrock's prefix, and each without its date.
 */
export function listNames(model: string): string[] {
  const whole = model.trim().toLowerCase()
  const bare = whole.slice(whole.lastIndexOf('/') + 1)
  const plain = bare.replace(bedrockPrefix, '')
  return [...new Set([whole, bare, plain, ...[whole, bare, plain].map((name) => name.replace(suffixes, ''))])]
}

/** The provider that a model's own name tells: `anthropic/claude-…`, `us.anthropic.claude-…` on Bedrock. */
export function providerInName(model: string): string | undefined {
  const whole = model.trim().toLowerCase()
  const slash = whole.indexOf('/')
  if (slash > 0 && !whole.startsWith('models/')) return whole.slice(0, slash)
  return bedrockPrefix.test(whole) ? 'aws' : undefined
}
