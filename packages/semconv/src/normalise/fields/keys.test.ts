import { expect, it } from 'vitest'
import type { CanonicalSpan } from '../../span/canonical.ts'
import type { AttributeMap } from '../../span/decoded.ts'
import { canonical } from '../testing/canonical.ts'

/** Each way to say one thing, in the order of precedence; a scope where it means something only there. */
interface Field {
  name: string
  read: (span: CanonicalSpan) => unknown
  ways: readonly (readonly [attributes: AttributeMap, scope?: string])[]
  /** What each way says, by its place. */
  says: (at: number) => unknown
}

const tokens = (at: number): number => 1000 + at
const words = (at: number): string => `word ${at}`

function ways(keys: readonly string[], value: (at: number) => AttributeMap[string]): Field['ways'] {
  return keys.map((key, at) => [{ [key]: value(at) }] as const)
}

const fields: readonly Field[] = [
  {
    name: 'model',
    read: (span) => span.model,
    says: words,
    ways: ways(
      [
        'gen_ai.response.model',
        'ai.response.model',
        'llm.response.model_name',
        'llm.model_name',
        'embedding.model_name',
        'reranker.model_name',
        'langfuse.observation.model.name',
        'gen_ai.request.model',
        'llm.request.model_name',
        'ai.model.id',
      ],
      words,
    ),
  },
  {
    name: 'usage.input',
    read: (span) => span.usage?.input,
    says: tokens,
    ways: ways(
      [
        'gen_ai.usage.input_tokens',
        'gen_ai.usage.prompt_tokens',
        'llm.token_count.prompt',
        'ai.usage.inputTokens',
        'ai.usage.promptTokens',
        'ai.usage.tokens',
      ],
      (at) => BigInt(tokens(at)),
    ),
  },
  {
    name: 'usage.output',
    read: (span) => span.usage?.output,
    says: tokens,
    ways: ways(
      [
        'gen_ai.usage.output_tokens',
        'gen_ai.usage.completion_tokens',
        'llm.token_count.completion',
        'ai.usage.outputTokens',
        'ai.usage.completionTokens',
      ],
      (at) => String(tokens(at)),
    ),
  },
  {
    name: 'sessionId',
    read: (span) => span.sessionId,
    says: words,
    ways: [
      ...ways(
        [
          'langfuse.session.id',
          'session.id',
          'gen_ai.conversation.id',
          'traceloop.association.properties.session_id',
          'lmnr.association.properties.session_id',
          'langsmith.metadata.session_id',
          'langsmith.metadata.thread_id',
          'ai.telemetry.metadata.sessionId',
          'metadata.sessionId',
          'metadata.session_id',
        ],
        words,
      ),
      [{ metadata: '{"session_id":"word 10","thread_id":"later"}' }],
      ...ways(
        [
          'conversation.id',
          'mastra.metadata.sessionId',
          'mastra.metadata.threadId',
          'gcp.vertex.agent.session_id',
          'microsoft.session.id',
        ],
        (at) => words(at + 11),
      ),
    ],
  },
  {
    name: 'userId',
    read: (span) => span.userId,
    says: words,
    ways: [
      ...ways(
        [
          'langfuse.user.id',
          'user.id',
          'enduser.id',
          'traceloop.association.properties.user_id',
          'lmnr.association.properties.user_id',
          'langsmith.metadata.user_id',
          'ai.telemetry.metadata.userId',
          'metadata.userId',
          'metadata.user_id',
        ],
        words,
      ),
      [{ metadata: '{"user_id":"word 9"}' }],
      [{ 'mastra.metadata.userId': 'word 10' }],
    ],
  },
  {
    name: 'tool.callId',
    read: (span) => span.tool?.callId,
    says: words,
    ways: ways(['gen_ai.tool.call.id', 'tool_call.id', 'tool.id', 'ai.toolCall.id', 'tool.call.id'], words),
  },
  {
    name: 'tool.name',
    read: (span) => span.tool?.name,
    says: words,
    ways: ways(['gen_ai.tool.name', 'tool.name', 'ai.toolCall.name', 'traceloop.entity.name'], words),
  },
  {
    name: 'agent.name',
    read: (span) => span.agent?.name,
    says: words,
    ways: [
      ...ways(
        ['gen_ai.agent.name', 'agent.name', 'metadata.lc_agent_name', 'langsmith.metadata.lc_agent_name'],
        words,
      ),
      [{ 'ai.telemetry.functionId': 'word 4' }],
      [{ metadata: '{"lc_agent_name":"word 5"}' }],
    ],
  },
  {
    name: 'tags',
    read: (span) => span.tags?.join(),
    says: words,
    ways: ways(
      [
        'tag.tags',
        'tags',
        'langfuse.trace.tags',
        'metadata.tags',
        'ai.telemetry.metadata.tags',
        'langsmith.span.tags',
        'lmnr.association.properties.tags',
        'mastra.tags',
        'logfire.tags',
      ],
      words,
    ),
  },
]

/** Tools are read on tools alone. */
const asTool: AttributeMap = { 'openinference.span.kind': 'TOOL' }

it.for(fields)('reads $name under each of its keys, and no other', ({ name, read, ways: all, says }) => {
  const base = name.startsWith('tool.') ? asTool : {}
  for (const [at, [attributes, scope]] of all.entries()) {
    const span = canonical(scope ?? 'x', { ...base, ...attributes })
    expect([attributes, read(span)]).toEqual([attributes, says(at)])
  }
})

it.for(fields)(
  'prefers the earlier of two keys of $name, and skips what is empty',
  ({ name, read, ways: all, says }) => {
    const base = name.startsWith('tool.') ? asTool : {}
    for (let at = 1; at < all.length; at++) {
      const [earlier = {}] = all[at - 1] ?? []
      const [later = {}] = all[at] ?? []
      expect(read(canonical('x', { ...base, ...later, ...earlier }))).toEqual(says(at - 1))
      const empty = Object.fromEntries(Object.keys(earlier).map((key) => [key, '']))
      if (Object.keys(later).some((key) => key in earlier)) continue
      expect([earlier, later, read(canonical('x', { ...base, ...empty, ...later }))]).toEqual([
        earlier,
        later,
        says(at),
      ])
    }
  },
)

it.each([
  ['gen_ai.usage.cache_read.input_tokens', 'cacheRead'],
  ['gen_ai.usage.cache_read_input_tokens', 'cacheRead'],
  ['gen_ai.usage.input_cached_tokens', 'cacheRead'],
  ['gen_ai.usage.details.cache_read_tokens', 'cacheRead'],
  ['llm.token_count.prompt_details.cache_read', 'cacheRead'],
  ['ai.usage.cachedInputTokens', 'cacheRead'],
  ['ai.usage.inputTokenDetails.cacheReadTokens', 'cacheRead'],
  ['gen_ai.usage.cache_creation.input_tokens', 'cacheWrite'],
  ['gen_ai.usage.cache_write.input_tokens', 'cacheWrite'],
  ['gen_ai.usage.cache_creation_input_tokens', 'cacheWrite'],
  ['gen_ai.usage.details.cache_write_tokens', 'cacheWrite'],
  ['llm.token_count.prompt_details.cache_write', 'cacheWrite'],
  ['ai.usage.inputTokenDetails.cacheWriteTokens', 'cacheWrite'],
  ['gen_ai.usage.reasoning.output_tokens', 'reasoning'],
  ['gen_ai.usage.reasoning_tokens', 'reasoning'],
  ['llm.token_count.completion_details.reasoning', 'reasoning'],
  ['ai.usage.reasoningTokens', 'reasoning'],
  ['ai.usage.outputTokenDetails.reasoningTokens', 'reasoning'],
] as const)('counts %s as %s, inside the input or output', (key, counter) => {
  const { usage } = canonical('x', {
    'gen_ai.usage.input_tokens': 100n,
    'gen_ai.usage.output_tokens': 50n,
    [key]: 30n,
  })
  expect(usage).toEqual({ input: 100, output: 50, total: 150, [counter]: 30 })
})

it.each([
  ['an id with its parts spread over a map', { 'session.id': { a: 'b' } }],
  ['bytes', { 'session.id': new Uint8Array([1, 2, 3]) }],
  ['a list', { 'session.id': ['a', 'b'] }],
  ['nothing', { 'session.id': null }],
])('takes %s for no id, and falls back to the next key', (_what, attributes) => {
  expect(canonical('x', { ...attributes, 'gen_ai.conversation.id': 'c' }).sessionId).toBe('c')
})

it.each([Number.NaN, Number.POSITIVE_INFINITY, -1, 'many', '', '1e400', null, [1n], { a: 1n }, true])(
  'takes %s for no count, and falls back to the next key',
  (odd) => {
    const span = canonical('x', { 'gen_ai.usage.input_tokens': odd, 'llm.token_count.prompt': 7n })
    expect(span.usage?.input).toBe(7)
  },
)
