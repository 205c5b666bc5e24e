import { listRecordings, loadRecording } from '@clew/testing/recordings'
import { completeSources, normaliserVersion } from '@clew/semconv/normalise'
import type { WireSpan } from '@clew/semconv/span'
import { expect, it } from 'vitest'
import { assembleRecording, compareRecording } from './testing/compare-recording.ts'

/** Where the bytes say more than what is expected of them, and the product follows the bytes. */
const deviations: { [id: string]: { reason: string; fields: string[] } } = {
  '@ai-sdk+otel@1.0.173/agent-full': {
    reason: 'reasoning tokens are sent as ai.usage.outputTokenDetails.reasoningTokens',
    fields: [
      'invoke_agent weather-agent.usage.reasoning',
      'chat gpt-4o-mini.usage.reasoning',
      'chat gpt-4o-mini.usage.reasoning',
    ],
  },
  '@pydantic+logfire-node@0.18.25/agent': {
    reason: 'a pending span of the HTTP instrumentation is a placeholder too',
    fields: ['spanCount', 'kinds', 'POST.spanId'],
  },
  '@pydantic+logfire-node@0.18.25/error': {
    reason: 'a pending span of the HTTP instrumentation is a placeholder too',
    fields: ['spanCount', 'kinds', 'POST.spanId'],
  },
  '@voltagent+core@2.10.0/handoff': {
    reason: 'the subtree of a sub-agent says whose it is in subagent.id and subagent.name',
    fields: [
      'memory.read.agent.id',
      'memory.read.agent.name',
      'llm:streamText.agent.id',
      'llm:streamText.agent.name',
      'tool.execution:get_weather.agent.id',
      'tool.execution:get_weather.agent.name',
    ],
  },
}

it.for(listRecordings())('finds what is on the wire, field by field: %s', (id) => {
  const { differences, checked } = compareRecording(loadRecording(id))
  const expected = deviations[id]?.fields ?? []
  expect(checked).toBeGreaterThan(9)
  expect(differences.filter(({ field }) => !expected.includes(field))).toEqual([])
  expect(differences.map(({ field }) => field)).toEqual(expected)
})

/** What is no claim about the agent: the raw record itself, and notes about the notes. */
const unsourced = new Set([
  'attributes',
  'resource',
  'events',
  'links',
  'otlp',
  'sources',
  'normaliserVersion',
  'checks',
  'inherited',
  'parentMissing',
  'duplicateOf',
])

function fieldsOf(span: WireSpan): string[] {
  return Object.entries(span).flatMap(([field, value]) => {
    if (unsourced.has(field)) return []
    const isGroup = typeof value === 'object' && value !== null && !Array.isArray(value)
    return isGroup ? Object.keys(value).map((member) => `${field}.${member}`) : [field]
  })
}

it.for(listRecordings())('says of every field where it comes from: %s', (id) => {
  const { spans } = assembleRecording(loadRecording(id))
  for (const span of spans) {
    const sources = completeSources(span)
    expect(span.normaliserVersion).toBe(normaliserVersion)
    expect(fieldsOf(span).filter((field) => !/^.+#.+$/s.test(sources[field] ?? ''))).toEqual([])
  }
})

it('finds contradictions only where the numbers contradict each other', () => {
  const flagged = listRecordings().flatMap((id) =>
    assembleRecording(loadRecording(id)).spans.flatMap(
      (span) => span.checks?.map((check) => `${id} ${span.name} ${JSON.stringify(check)}`) ?? [],
    ),
  )
  expect(flagged).toMatchInlineSnapshot(`[]`)
})

it('agrees on this many fields, SDK by SDK', () => {
  const rows = new Map<string, { recordings: number; right: number; differing: number }>()
  for (const id of listRecordings()) {
    const recording = loadRecording(id)
    const { checked, differences } = compareRecording(recording)
    const row = rows.get(recording.sdk) ?? { recordings: 0, right: 0, differing: 0 }
    rows.set(recording.sdk, row)
    row.recordings++
    row.right += checked - differences.length
    row.differing += differences.length
  }
  const table = [...rows].map(([sdk, row]) => `${sdk} ${row.recordings} ${row.right} ${row.differing}`)
  expect(['sdk recordings right differing', ...table].join('\n')).toMatchInlineSnapshot(`
    "sdk recordings right differing
    @ai-sdk+otel@1.0.173 11 920 3
    @anthropic-ai+claude-agent-sdk@0.3.329 3 227 0
    @arizeai+openinference-instrumentation-anthropic@0.2.8 4 310 0
    @arizeai+openinference-instrumentation-claude-agent-sdk@0.3.1 2 67 0
    @arizeai+openinference-instrumentation-langchain@4.1.1 4 523 0
    @arizeai+openinference-instrumentation-mcp@0.2.33 1 34 0
    @arizeai+openinference-instrumentation-openai-agents@0.2.15 4 415 0
    @arizeai+openinference-instrumentation-openai@4.2.7 6 277 0
    @arizeai+openinference-vercel@2.8.1 4 342 0
    @arizeai+openinference-vercel@3.2.1 5 504 0
    @google+adk@2.0.0 4 363 0
    @inference+tracing@0.1.12 7 537 0
    @langfuse+otel@5.11.1 5 363 0
    @livekit+agents@1.9.0 4 742 0
    @lmnr-ai+lmnr@0.8.46 5 333 0
    @mastra+otel-exporter@1.4.0 4 752 0
    @microsoft+agents-a365-observability@1.0.0 4 376 0
    @opentelemetry+instrumentation-openai@0.21.0 7 311 0
    @pydantic+logfire-node@0.18.25 2 98 6
    @strands-agents+sdk@1.16.0 5 659 0
    @traceloop+node-server-sdk@0.14.6 3 239 0
    @traceloop+node-server-sdk@0.27.0 5 398 0
    @voltagent+core@2.10.0 4 366 6
    ai@4.3.19 2 139 0
    ai@5.0.277 5 529 0
    ai@6.0.326 8 737 0
    genkit@1.42.0 2 125 0
    langsmith@0.10.0 6 449 0"
  `)
})
