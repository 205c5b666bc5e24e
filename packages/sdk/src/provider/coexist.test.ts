import { trace } from '@opentelemetry/api'
import { InMemorySpanExporter, SimpleSpanProcessor, BasicTracerProvider } from '@opentelemetry/sdk-trace-base'
import { afterAll, beforeAll, expect, test } from 'vitest'

import type { ClewTracing } from '../clew-tracing.ts'
import { setup } from '../setup.ts'
import { agentSpan } from '../spans/span-functions.ts'
import { startSink } from '../testing/start-sink.ts'
import type { Sink } from '../testing/start-sink.ts'

const theirs = new InMemorySpanExporter()
const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(theirs)] })
let sink: Sink
let clew: ClewTracing

beforeAll(async () => {
  trace.setGlobalTracerProvider(provider)
  sink = await startSink()
  clew = setup({ endpoint: sink.url, serviceName: 'shop', exitHooks: false, autoInstrument: false })
})

afterAll(async () => {
  await clew.shutdown()
  await sink.close()
})

test('a provider that is there already is joined: one trace, each span once, content for Clew alone', async () => {
  const tracer = trace.getTracer('http')
  tracer.startSpan('GET /health').end()
  await tracer.startActiveSpan('POST /chat', async (request) => {
    await agentSpan({ agentId: 'support', sessionId: 's_1' }, async (span) => {
      span.setInput('a secret prompt')
      tracer.startSpan('db').end()
      await Promise.resolve()
    })
    request.end()
  })
  await clew.forceFlush()
  const ours = sink.spans()
  expect(ours.map((span) => span.name).toSorted()).toEqual(['POST /chat', 'db', 'support'])
  expect(new Set(ours.map((span) => span.traceId)).size).toBe(1)
  expect(sink.span('support').attributes['input.value']).toBe('a secret prompt')
  expect(sink.span('db').attributes['session.id']).toBe('s_1')
  expect(sink.span('db').resource['service.name']).toBe('shop')
  const seen = theirs.getFinishedSpans()
  expect(seen.map((span) => span.name)).toEqual(['GET /health', 'db', 'support', 'POST /chat'])
  expect(JSON.stringify(seen.map((span) => span.attributes))).not.toContain('secret')
  expect(seen[1]?.attributes).toEqual({})
})

test('their limits do not cost us what a long conversation has', async () => {
  agentSpan({ agentId: 'long' }, (span) => {
    span.setAttributes(Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`key.${index}`, index])))
    span.setOutput('kept')
  })
  await clew.forceFlush()
  expect(sink.span('long').attributes).toMatchObject({ 'key.499': 499, 'output.value': 'kept' })
})
