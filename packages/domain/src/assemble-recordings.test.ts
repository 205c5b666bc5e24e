import { listRecordings, loadRecording } from '@clew/testing/recordings'
import { expect, it } from 'vitest'
import { compareRecording } from './testing/compare-recording.ts'

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
