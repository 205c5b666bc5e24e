import type { RunSummary } from '@clew/domain'
import { OTLPTraceExporter as JsonExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { OTLPTraceExporter as ProtobufExporter } from '@opentelemetry/exporter-trace-otlp-proto'
import { BasicTracerProvider, BatchSpanProcessor, type SpanProcessor } from '@opentelemetry/sdk-trace-base'
import { LangfuseSpanProcessor } from '@langfuse/otel'
import { LangSmithOTLPTraceExporter } from 'langsmith/experimental/otel/exporter'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { firstKey, openTestStandalone, type TestStandalone } from './testing/open-test-standalone.ts'

let clew: TestStandalone
beforeAll(async () => {
  clew = await openTestStandalone()
})
afterAll(() => clew.stop())
afterEach(() => vi.unstubAllEnvs())

const authorization = `Bearer ${firstKey}`

/** Each sender as its documentation has it, with nothing but the address and the key set. */
const senders: readonly (readonly [string, (url: string) => SpanProcessor])[] = [
  [
    'the OpenTelemetry exporter, protobuf',
    (url) => batched(new ProtobufExporter({ url: `${url}/v1/traces`, headers: { authorization } })),
  ],
  [
    'the OpenTelemetry exporter, JSON',
    (url) => batched(new JsonExporter({ url: `${url}/v1/traces`, headers: { authorization } })),
  ],
  [
    '@langfuse/otel',
    (url) => new LangfuseSpanProcessor({ publicKey: 'pk', secretKey: firstKey, baseUrl: url }),
  ],
  [
    'langsmith',
    (url) => {
      vi.stubEnv('LANGSMITH_TRACING', 'true')
      vi.stubEnv('LANGSMITH_ENDPOINT', url)
      vi.stubEnv('LANGSMITH_API_KEY', firstKey)
      return batched(new LangSmithOTLPTraceExporter())
    },
  ],
]

function batched(exporter: ConstructorParameters<typeof BatchSpanProcessor>[0]): SpanProcessor {
  return new BatchSpanProcessor(exporter)
}

test.for(senders)('%s arrives unchanged', async ([name, createProcessor]) => {
  const provider = new BasicTracerProvider({ spanProcessors: [createProcessor(clew.url)] })
  const span = provider.getTracer('stock').startSpan(name, {
    attributes: { 'gen_ai.operation.name': 'chat', 'gen_ai.request.model': 'gpt-4o-mini' },
  })
  span.setAttributes({ 'gen_ai.usage.input_tokens': 120, 'gen_ai.usage.output_tokens': 20 })
  span.end()
  await provider.forceFlush()
  await provider.shutdown()
  const trace = await vi.waitFor(() => getTrace(span.spanContext().traceId), {
    timeout: 20_000,
    interval: 100,
  })
  expect(trace).toMatchObject({ name, spanCount: 1, llmCount: 1, usage: { input: 120, output: 20 } })
})

async function getTrace(traceId: string): Promise<RunSummary> {
  const reply = await fetch(`${clew.url}/v1/traces/${traceId}`, { headers: { authorization } })
  if (reply.status !== 200) throw new Error(`${reply.status}`)
  const { trace }: { trace: RunSummary } = JSON.parse(await reply.text())
  return trace
}
