import { context, propagation, trace } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import { W3CTraceContextPropagator } from '@opentelemetry/core'
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { agentSpan, manualSpan, startManualSpan } from '../spans/span-functions.ts'
import { startRig } from '../testing/start-rig.ts'
import type { Rig } from '../testing/start-rig.ts'

const theirs = new InMemorySpanExporter()
const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(theirs)] })
let rig: Rig

beforeAll(async () => {
  rig = await startRig({ serviceName: 'shop' })
})
afterAll(async () => await rig.close())

test('a provider that comes after setup is joined: one trace, each span once, content for Clew alone', async () => {
  const early = trace.getTracer('http')
  manualSpan({ spanName: 'before' }, () => undefined)
  const across = startManualSpan({ spanName: 'across' })
  expect([
    trace.setGlobalTracerProvider(provider),
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable()),
    propagation.setGlobalPropagator(new W3CTraceContextPropagator()),
  ]).toEqual([true, true, true])
  across.handle.setOutput('kept').end()
  early.startSpan('GET /health').end()
  await early.startActiveSpan('POST /chat', async (request) => {
    await agentSpan({ agentId: 'support', sessionId: 's_1' }, async (span) => {
      span.setInput('a secret prompt')
      trace.getTracer('database').startSpan('db').end()
      await Promise.resolve()
    })
    request.end()
  })
  rig.clew.tracer.startSpan('by the handle').end()
  expect(await rig.tree()).toEqual([
    'before [CHAIN]',
    'across [CHAIN]',
    'POST /chat [-]',
    '  support [AGENT]',
    '    db [-]',
    'by the handle [-]',
  ])
  expect(rig.sink.all()).toHaveLength(6)
  expect(rig.sink.span('across').attributes['output.value']).toBe('kept')
  expect(rig.sink.span('support').attributes['input.value']).toBe('a secret prompt')
  expect(rig.sink.span('db').resource['service.name']).toBe('shop')
  const seen = theirs.getFinishedSpans()
  expect(seen.map(({ name }) => name)).toEqual([
    'GET /health',
    'db',
    'support',
    'POST /chat',
    'by the handle',
  ])
  expect(JSON.stringify(seen.map(({ attributes }) => attributes))).not.toContain('secret')
})

test('only ours gives way; among others the first stays, as OpenTelemetry has it', () => {
  expect(trace.setGlobalTracerProvider(new BasicTracerProvider())).toBe(false)
  expect(context.setGlobalContextManager(new AsyncLocalStorageContextManager())).toBe(false)
  expect(propagation.setGlobalPropagator(new W3CTraceContextPropagator())).toBe(false)
  expect(rig.clew.provider).toBe(provider)
})
