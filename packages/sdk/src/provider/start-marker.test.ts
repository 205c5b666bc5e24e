import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base'
import { expect, test } from 'vitest'

import { createStartMarkerProcessor } from './start-marker-processor.ts'

test('an application on stock OpenTelemetry tells of running spans with one processor', async () => {
  const markers = new InMemorySpanExporter()
  const finished = new InMemorySpanExporter()
  const processor = createStartMarkerProcessor({ exporter: markers, intervalMs: 5 })
  const provider = new BasicTracerProvider({ spanProcessors: [processor, new SimpleSpanProcessor(finished)] })
  const tracer = provider.getTracer('app')
  const running = tracer.startSpan('agent', { attributes: { 'session.id': 's_1' } })
  tracer.startSpan('short').end()
  await processor.forceFlush()
  expect(markers.getFinishedSpans()).toMatchObject([
    {
      name: 'agent',
      endTime: [0, 0],
      attributes: { 'session.id': 's_1', 'clew.span.state': 'running' },
    },
  ])
  expect(markers.getFinishedSpans()[0]?.spanContext().spanId).toBe(running.spanContext().spanId)
  running.end()
  expect(finished.getFinishedSpans().map((span) => span.name)).toEqual(['short', 'agent'])
  expect(finished.getFinishedSpans()[1]?.attributes).not.toHaveProperty('clew.span.state')
  await provider.shutdown()
})
