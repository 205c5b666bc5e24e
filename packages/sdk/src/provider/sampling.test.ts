import type { Attributes } from '@opentelemetry/api'
import { BasicTracerProvider, SamplingDecision } from '@opentelemetry/sdk-trace-base'
import type { Sampler } from '@opentelemetry/sdk-trace-base'
import { expect, test } from 'vitest'

import { setup } from '../setup.ts'
import { agentSpan, manualSpan } from '../spans/span-functions.ts'
import { startSink } from '../testing/start-sink.ts'

test('without setup, the sampler of the provider at hand sees the same', () => {
  const seen: Attributes[] = []
  const sampler: Sampler = {
    shouldSample: (...[, , , , attributes]) => {
      seen.push({ ...attributes })
      return { decision: SamplingDecision.RECORD_AND_SAMPLED }
    },
    toString: () => 'all',
  }
  const tracer = new BasicTracerProvider({ sampler }).getTracer('own')
  manualSpan(tracer, { spanName: 'look', spanKind: 'TOOL', sessionId: 'chat-1' }, () => undefined)
  expect(seen).toMatchObject([{ 'openinference.span.kind': 'TOOL', 'session.id': 'chat-1' }])
})

test('a sampler of the application decides by kind and identity', async () => {
  const sink = await startSink()
  const seen: Attributes[] = []
  const sampling: Sampler = {
    shouldSample: (...[, , , , attributes]) => {
      seen.push({ ...attributes })
      const isTool = attributes['openinference.span.kind'] === 'TOOL'
      return { decision: isTool ? SamplingDecision.NOT_RECORD : SamplingDecision.RECORD_AND_SAMPLED }
    },
    toString: () => 'no tools',
  }
  const clew = setup({ endpoint: sink.url, exitHooks: false, autoInstrument: false, sampling })
  agentSpan({ agentId: 'support', sessionId: 'chat-1' }, () => {
    manualSpan({ spanName: 'look', spanKind: 'TOOL' }, () => undefined)
  })
  await clew.shutdown()
  await sink.close()
  const identity = { 'agent.id': 'support', 'session.id': 'chat-1' }
  expect(seen).toMatchObject([
    { 'openinference.span.kind': 'AGENT', ...identity },
    { 'openinference.span.kind': 'TOOL', ...identity },
  ])
  expect(sink.spans().map((span) => span.name)).toEqual(['support'])
})
