import { deepEqual, equal } from 'node:assert/strict'

import { context, propagation, trace } from '@opentelemetry/api'
import { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-node'

import { agentSpan } from '../../src/spans/span-functions.ts'
import { startRig } from '../../src/testing/start-rig.ts'

/** A plain OpenTelemetry program, of SDK 1 or 2; `after`: it registers its provider after `setup`. */
const isAfter = process.argv.includes('after')
const theirs = new InMemorySpanExporter()
const provider = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(theirs)] })
if (!isAfter) provider.register()
const rig = await startRig({ serviceName: 'shop' })
const tracer = trace.getTracer('http')
if (isAfter) provider.register()

tracer.startSpan('GET /health').end()
const carrier = {}
await tracer.startActiveSpan('GET /chat', async (request) => {
  await agentSpan({ agentId: 'support' }, async (span) => {
    span.setInput('a secret prompt')
    propagation.inject(context.active(), carrier)
  })
  request.end()
})
deepEqual(await rig.tree(), ['GET /chat [-]', '  support [AGENT]'])
equal(rig.sink.all().length, 2)
const support = rig.sink.span('support')
equal(support.attributes['input.value'], 'a secret prompt')
equal(carrier.traceparent, `00-${support.traceId}-${support.spanId}-01`)
deepEqual(
  theirs.getFinishedSpans().map((span) => span.name),
  ['GET /health', 'support', 'GET /chat'],
)
equal(JSON.stringify(theirs.getFinishedSpans().map((span) => span.attributes)).includes('secret'), false)
await rig.close()
process.exit(0)
