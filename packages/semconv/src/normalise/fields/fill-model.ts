import { keyList } from '../key-list.ts'
import { type Draft, type Fact, firstText, fromMetadata, move, note } from '../draft.ts'
import { isList, toNumber, toText } from '../value.ts'

const responseModelKeys = keyList(
  'gen_ai.response.model',
  'ai.response.model',
  'llm.response.model_name',
  'llm.model_name',
  'embedding.model_name',
  'reranker.model_name',
  'langfuse.observation.model.name',
)
const requestModelKeys = keyList('gen_ai.request.model', 'llm.request.model_name', 'ai.model.id')
const providerKeys = keyList(
  'gen_ai.provider.name',
  'gen_ai.system',
  'llm.provider',
  'llm.system',
  'ai.model.provider',
  'metadata.ls_provider',
)
const finishKeys = keyList(
  'llm.finish_reason',
  'ai.response.finishReason',
  'anthropic.message.stop_reason',
  'gen_ai.completion.0.finish_reason',
)

/** Names that emitters put where the provider belongs. */
const notProviders = new Set(['strands-agents', 'langchain', 'unknown', 'mastra', 'openai-agents', '_other'])
const providerNames = new Map([
  ['gcp.vertex.agent', 'google'],
  ['gcp.vertex_ai', 'google'],
  ['gcp.gemini', 'google'],
  ['gcp.gen_ai', 'google'],
  ['az.ai.openai', 'azure'],
  ['azure.ai.openai', 'azure'],
])

/** Well-known values of the GenAI conventions that have a dot of their own. */
const conventionalProviders = new Set(['aws.bedrock', 'azure.ai.inference', 'ibm.watsonx.ai'])
const hostSuffixes = new Set(['com', 'net', 'org', 'io', 'dev', 'ai', 'cloud', 'local', 'internal'])
const providerHosts: readonly (readonly [string, string])[] = [
  ['openai.azure.com', 'azure'],
  ['openai.com', 'openai'],
  ['anthropic.com', 'anthropic'],
  ['googleapis.com', 'google'],
  ['mistral.ai', 'mistral'],
  ['groq.com', 'groq'],
  ['deepseek.com', 'deepseek'],
  ['x.ai', 'xai'],
  ['amazonaws.com', 'aws.bedrock'],
]

/** Sets model, requestModel, provider, finishReason, invocationParameters and timeToFirstTokenMs. */
export function fillModel(draft: Draft): void {
  fillModelNames(draft)
  const provider = readProvider(draft)
  if (provider !== undefined) {
    draft.out.provider = provider.value
    note(draft, 'provider', provider)
  }
  const finish = draft.facts.finishReason ?? readFinishReason(draft)
  if (finish !== undefined) {
    draft.out.finishReason = finish.value
    note(draft, 'finishReason', finish)
  }
  fillParameters(draft)
  fillTimeToFirstToken(draft)
}

function fillModelNames(draft: Draft): void {
  const { facts, out } = draft
  const request = firstText(draft, requestModelKeys) ?? facts.requestModel
  const model = firstText(draft, responseModelKeys) ?? request ?? facts.model
  if (model !== undefined) {
    out.model = model.value
    note(draft, 'model', model)
  }
  if (request !== undefined) {
    out.requestModel = request.value
    note(draft, 'requestModel', request)
  }
}

function readProvider(draft: Draft): Fact<string> | undefined {
  for (const key of draft.shape.present(providerKeys)) {
    const found = toProvider(toText(draft.attributes[key]), key)
    if (found !== undefined) return found
  }
  return toProvider(fromMetadata(draft, ['ls_provider'])?.value, 'metadata')
}

function toProvider(text: string | undefined, key: string): Fact<string> | undefined {
  const word = text?.toLowerCase()
  if (word === undefined || notProviders.has(word)) return undefined
  const known = providerNames.get(word)
  if (known !== undefined) return { value: known, key, rule: 'renamed' }
  if (conventionalProviders.has(word)) return { value: word, key }
  if (/[:/]/.test(word) || /^[\d.]+$/.test(word)) return fromHost(word, key)
  const [head = word, ...labels] = word.split('.')
  if (labels.length === 0) return { value: word, key }
  return hostSuffixes.has(labels.at(-1) ?? '') ? fromHost(word, key) : { value: head, key, rule: 'cut' }
}

/** Some clients send the host that they call; it names a provider only where it is a provider's own. */
function fromHost(text: string, key: string): Fact<string> | undefined {
  const host = text.replace(/^\w+:\/\//, '').split(/[:/]/, 1)[0] ?? ''
  const found = providerHosts.find(([suffix]) => host === suffix || host.endsWith(`.${suffix}`))
  return found === undefined ? undefined : { value: found[1], key, rule: 'host' }
}

function readFinishReason(draft: Draft): Fact<string> | undefined {
  const key = 'gen_ai.response.finish_reasons'
  const reasons = draft.attributes[key]
  const first = isList(reasons) ? toText(reasons[0]) : readReasonText(toText(reasons))
  return first === undefined ? firstText(draft, finishKeys) : { value: first, key, rule: 'first' }
}

/** Some send the list as JSON text, some as words between commas, some a bare word. */
function readReasonText(text: string | undefined): string | undefined {
  if (text === undefined || !text.startsWith('[')) return text?.split(',', 1)[0]
  const inner = text.slice(1, -1).split(',', 1)[0]?.trim().replaceAll('"', '')
  return inner === '' ? undefined : inner
}

const parameterKeys = keyList(
  'llm.invocation_parameters',
  'langfuse.observation.model.parameters',
  'ai.settings',
)

function fillParameters(draft: Draft): void {
  const fact = firstText(draft, parameterKeys) ?? collectParameters(draft)
  if (fact === undefined) return
  draft.out.invocationParameters = fact.value
  note(draft, 'invocationParameters', fact)
  if (draft.attributes[fact.key] === fact.value) move(draft, fact.key)
}

/** The request settings of the GenAI conventions, by the names that providers know them by. */
const settings = keyList(
  'gen_ai.request.temperature',
  'gen_ai.request.max_tokens',
  'gen_ai.request.top_p',
  'gen_ai.request.top_k',
  'gen_ai.request.frequency_penalty',
  'gen_ai.request.presence_penalty',
  'gen_ai.request.seed',
  'gen_ai.request.choice.count',
)

function collectParameters(draft: Draft): Fact<string> | undefined {
  let first: string | undefined
  let json = ''
  for (const key of draft.shape.present(settings)) {
    const value = toNumber(draft.attributes[key])
    if (value === undefined) continue
    json += `${json === '' ? '' : ','}"${key.slice('gen_ai.request.'.length)}":${value}`
    first ??= key
  }
  return first === undefined ? undefined : { value: `{${json}}`, key: first, rule: 'collected' }
}

function fillTimeToFirstToken(draft: Draft): void {
  const { attributes, facts, out } = draft
  const seconds = toNumber(attributes['gen_ai.response.time_to_first_chunk'])
  const found =
    milliseconds(draft, 'clew.time_to_first_token_ms') ??
    milliseconds(draft, 'ai.response.msToFirstChunk') ??
    (seconds === undefined
      ? facts.timeToFirstTokenMs
      : { value: seconds * 1000, key: 'gen_ai.response.time_to_first_chunk', rule: 'seconds' })
  if (found === undefined) return
  out.timeToFirstTokenMs = found.value
  note(draft, 'timeToFirstTokenMs', found)
}

function milliseconds(draft: Draft, key: string): Fact<number> | undefined {
  const value = toNumber(draft.attributes[key])
  return value === undefined ? undefined : { value, key }
}
