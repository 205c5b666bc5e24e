import { cp, mkdtemp, realpath, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

import type * as Api from '@opentelemetry/api'
import { context, trace } from '@opentelemetry/api'
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { agentSpan } from '../spans/span-functions.ts'
import { startRig } from '../testing/start-rig.ts'
import type { Rig } from '../testing/start-rig.ts'

const require = createRequire(import.meta.url)
const theirs = new InMemorySpanExporter()
const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(theirs)] })
let folder: string
let rig: Rig
let app: typeof Api

beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'clew-api-')))
  const own = dirname(dirname(dirname(require.resolve('@opentelemetry/api'))))
  await cp(own, join(folder, 'node_modules/@opentelemetry/api'), { recursive: true, dereference: true })
  rig = await startRig({ serviceName: 'shop' })
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a copy of the package
  app = createRequire(join(folder, 'app.js'))('@opentelemetry/api') as typeof Api
})
afterAll(async () => {
  await rig.close()
  await rm(folder, { recursive: true, force: true })
})

// Versions other than ours are run by test:compat (`otel-copies`).
test('a program on another copy of OpenTelemetry’s API registers its provider as if it were alone', async () => {
  expect(app.trace).not.toBe(trace)
  expect(app.trace.setGlobalTracerProvider(provider)).toBe(true)
  expect(app.trace.setGlobalTracerProvider(new BasicTracerProvider())).toBe(false)
  await app.trace.getTracer('http').startActiveSpan('GET /chat', async (request) => {
    expect(trace.getSpan(context.active())).toBe(request)
    await agentSpan({ agentId: 'support' }, async (span) => {
      await Promise.resolve()
      expect(app.trace.getSpan(app.context.active())).toBe(span.raw)
      trace.getTracer('library').startSpan('query').end()
    })
    request.end()
  })
  expect(await rig.tree()).toEqual(['GET /chat [-]', '  support [AGENT]', '    query [-]'])
  expect(rig.sink.all()).toHaveLength(3)
  expect(theirs.getFinishedSpans().map(({ name }) => name)).toEqual(['query', 'support', 'GET /chat'])
})

test('what a copy registers besides tracing is as it would have been', () => {
  const meters: Api.MeterProvider = { getMeter: app.createNoopMeter }
  expect(app.metrics.setGlobalMeterProvider(meters)).toBe(true)
  expect(app.metrics.getMeterProvider()).toBe(meters)
  const said: string[] = []
  const logger: Api.DiagLogger = {
    error: (text) => void said.push(text),
    warn: () => undefined,
    info: () => undefined,
    debug: () => undefined,
    verbose: () => undefined,
  }
  expect(app.diag.setLogger(logger)).toBe(true)
  app.diag.error('heard')
  expect(said).toEqual(['heard'])
  app.diag.disable()
  app.metrics.disable()
})
