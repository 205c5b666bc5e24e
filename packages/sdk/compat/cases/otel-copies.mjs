import { deepEqual, equal } from 'node:assert/strict'
import { createRequire } from 'node:module'

import { context, trace } from '@opentelemetry/api'

import { agentSpan } from '../../src/spans/span-functions.ts'
import { startRig } from '../../src/testing/start-rig.ts'

/**
 * A program on another copy of OpenTelemetry's API, `older` or `newer` than ours, which registers its provider before
 * `setup` or `after` it, while libraries know our copy.
 */
const [copy, when] = process.argv.slice(2)
const require = createRequire(new URL(`${copy}/package.json`, import.meta.url))
const said = []
const load = () => {
  const app = require('@opentelemetry/api')
  app.diag.setLogger({
    error: (text) => said.push(text),
    warn: () => {},
    info() {},
    debug() {},
    verbose() {},
  })
  const {
    InMemorySpanExporter,
    NodeTracerProvider,
    SimpleSpanProcessor,
  } = require('@opentelemetry/sdk-trace-node')
  const theirs = new InMemorySpanExporter()
  const provider = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(theirs)] })
  provider.register()
  const meters = { getMeter: () => 'theirs' }
  equal(app.metrics.setGlobalMeterProvider(meters), true)
  equal(app.metrics.getMeterProvider(), meters)
  return { app, theirs }
}

const loaded = when === 'after' ? undefined : load()
const rig = await startRig({ serviceName: 'shop' })
const library = trace.getTracer('library')
const { app, theirs } = loaded ?? load()
const tracer = app.trace.getTracer('http')

tracer.startSpan('GET /health').end()
const carrier = {}
await tracer.startActiveSpan('GET /chat', async (request) => {
  equal(trace.getSpan(context.active()), request)
  await agentSpan({ agentId: 'support' }, async (span) => {
    span.setInput('a secret prompt')
    await Promise.resolve()
    app.propagation.inject(app.context.active(), carrier)
    library.startActiveSpan('query', (query) => query.end())
  })
  request.end()
})
deepEqual(await rig.tree(), ['GET /chat [-]', '  support [AGENT]', '    query [-]'])
equal(rig.sink.all().length, 3)
const support = rig.sink.span('support')
equal(support.attributes['input.value'], 'a secret prompt')
equal(carrier.traceparent, `00-${support.traceId}-${support.spanId}-01`)
deepEqual(
  theirs.getFinishedSpans().map((span) => span.name),
  ['GET /health', 'query', 'support', 'GET /chat'],
)
equal(JSON.stringify(theirs.getFinishedSpans().map((span) => span.attributes)).includes('secret'), false)
deepEqual(said, [])
await rig.close()
process.exit(0)
