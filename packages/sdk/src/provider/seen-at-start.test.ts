import { ProxyTracerProvider } from '@opentelemetry/api'
import type { Attributes } from '@opentelemetry/api'
import {
  AlwaysOnSampler,
  BasicTracerProvider,
  BatchSpanProcessor,
  InMemorySpanExporter,
  ParentBasedSampler,
  SamplingDecision,
  SimpleSpanProcessor,
  TraceIdRatioBasedSampler,
} from '@opentelemetry/sdk-trace-base'
import type { Sampler, SpanProcessor, TracerConfig } from '@opentelemetry/sdk-trace-base'
import { describe, expect, it } from 'vitest'

import { agentSpan, manualSpan } from '../spans/span-functions.ts'
import { isSeenAtStart } from './seen-at-start.ts'

const exporter = new InMemorySpanExporter()
const isSeen = (config: TracerConfig): boolean =>
  isSeenAtStart(new BasicTracerProvider(config).getTracer('own'))

class ByKind extends ParentBasedSampler {
  constructor() {
    super({ root: new AlwaysOnSampler() })
  }
}

describe('what a span starts with', () => {
  it('is seen by nobody in a provider of OpenTelemetry’s own parts', () => {
    expect(isSeen({})).toBe(false)
    expect(isSeen({ sampler: new TraceIdRatioBasedSampler(1e-7) })).toBe(false)
    expect(isSeen({ sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(0.25) }) })).toBe(
      false,
    )
    const spanProcessors = [new SimpleSpanProcessor(exporter), new BatchSpanProcessor(exporter)]
    expect(isSeen({ spanProcessors })).toBe(false)
  })

  it('is seen by a sampler of the application, also one that wraps or derives', () => {
    const own: Sampler = {
      shouldSample: () => ({ decision: SamplingDecision.RECORD_AND_SAMPLED }),
      toString: () => 'AlwaysOnSampler, mine',
    }
    expect(isSeen({ sampler: own })).toBe(true)
    expect(isSeen({ sampler: new ParentBasedSampler({ root: own }) })).toBe(true)
    expect(isSeen({ sampler: new ByKind() })).toBe(true)
  })

  it('is seen by a processor that does something when a span starts', () => {
    const seen: Attributes[] = []
    const processor: SpanProcessor = {
      onStart: (span) => void seen.push({ ...span.attributes }),
      onEnd: () => undefined,
      forceFlush: async () => undefined,
      shutdown: async () => undefined,
    }
    const tracer = new BasicTracerProvider({ spanProcessors: [processor] }).getTracer('own')
    manualSpan(tracer, { spanName: 'look', spanKind: 'TOOL', sessionId: 'chat-1' }, () => undefined)
    expect(seen).toMatchObject([{ 'openinference.span.kind': 'TOOL', 'session.id': 'chat-1' }])
  })

  it('is seen, for all we know, where the tracer is of another make', () => {
    expect(isSeenAtStart(new ProxyTracerProvider().getTracer('own'))).toBe(true)
    const failing: Sampler = {
      shouldSample: () => ({ decision: SamplingDecision.RECORD_AND_SAMPLED }),
      toString: () => {
        throw new Error('no name')
      },
    }
    expect(isSeen({ sampler: failing })).toBe(true)
  })

  it('is on the span also where nobody looked', () => {
    const spans = new InMemorySpanExporter()
    const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] })
    agentSpan(provider.getTracer('own'), { agentId: 'support', sessionId: 'chat-1' }, () => undefined)
    expect(spans.getFinishedSpans()[0]?.attributes).toMatchObject({
      'openinference.span.kind': 'AGENT',
      'agent.id': 'support',
      'session.id': 'chat-1',
    })
  })
})
