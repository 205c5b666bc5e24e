import { deepEqual, equal } from 'node:assert/strict'

import { InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base'
import { registerOTel } from '@vercel/otel'

import { agentSpan } from '../../src/spans/span-functions.ts'
import { startRig } from '../../src/testing/start-rig.ts'

/** `after`: theirs comes after `setup`. */
const isAfter = process.argv.includes('after')
const theirs = new InMemorySpanExporter()
const startTheirs = () =>
  registerOTel({ serviceName: 'vercel', spanProcessors: [new SimpleSpanProcessor(theirs)] })
if (!isAfter) startTheirs()
const rig = await startRig({ serviceName: 'shop' })
if (isAfter) startTheirs()
const { trace } = await import('@opentelemetry/api')

await trace.getTracer('http').startActiveSpan('GET /chat', async (request) => {
  await agentSpan({ agentId: 'support' }, async (span) => span.setInput('a secret prompt'))
  request.end()
})
deepEqual(await rig.tree(), ['GET /chat [-]', '  support [AGENT]'])
equal(rig.sink.all().length, 2)
equal(rig.sink.span('support').attributes['input.value'], 'a secret prompt')
deepEqual(
  theirs.getFinishedSpans().map((span) => span.name),
  ['support', 'GET /chat'],
)
equal(JSON.stringify(theirs.getFinishedSpans().map((span) => span.attributes)).includes('secret'), false)
await rig.close()
process.exit(0)
