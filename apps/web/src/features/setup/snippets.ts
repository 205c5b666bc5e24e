export interface Snippet {
  id: 'typescript' | 'python' | 'otel' | 'environment'
  label: string
  /** What to run in a shell first. */
  install?: string
  code: string
  /** What one should know about it, in a sentence. */
  note?: string
}

/** Working code for each way in, with address and key filled in. */
export function buildSnippets({ endpoint, token }: { endpoint: string; token: string }): Snippet[] {
  return [
    {
      id: 'typescript',
      label: 'TypeScript',
      install: 'npm i /path/to/clew/packages/sdk',
      code: typescript({ endpoint, token }),
      note: 'The SDK is not on npm yet: it is linked from the folder of Clew, where `npm run demo` has built it.',
    },
    {
      id: 'python',
      label: 'Python',
      install:
        'pip install opentelemetry-sdk opentelemetry-exporter-otlp-proto-http openinference-instrumentation-openai',
      code: python({ endpoint, token }),
    },
    {
      id: 'otel',
      label: 'Already on OpenTelemetry',
      code: [
        `export OTEL_EXPORTER_OTLP_ENDPOINT="${endpoint}"`,
        `export OTEL_EXPORTER_OTLP_HEADERS="x-api-key=${token}"`,
        'export OTEL_EXPORTER_OTLP_PROTOCOL="http/protobuf"',
      ].join('\n'),
      note: 'Spans of OpenInference, of the GenAI conventions and of the AI SDK are understood as they are.',
    },
    {
      id: 'environment',
      label: 'Environment only',
      code: [
        `export CLEW_OTLP_ENDPOINT="${endpoint}"`,
        `export CLEW_OTLP_TOKEN="${token}"`,
        'export CLEW_SERVICE_NAME="support"',
      ].join('\n'),
      note: 'Then `setup()` without options. A program on @inference/tracing keeps its own variables and changes one import.',
    },
  ]
}

function typescript({ endpoint, token }: { endpoint: string; token: string }): string {
  return `import OpenAI from "openai"
import { setup, agentSpan } from "@clew/sdk"

const clew = setup({
  endpoint: "${endpoint}",
  token: "${token}",
  modules: { openai: OpenAI },
})

await agentSpan({ agentId: "support", agentName: "Support Agent" }, async (span) => {
  span.setInput("Is this thing on?")
  span.setOutput("It is.")
})
await clew.shutdown()`
}

function python({ endpoint, token }: { endpoint: string; token: string }): string {
  return `from openinference.instrumentation.openai import OpenAIInstrumentor
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor

exporter = OTLPSpanExporter(
    endpoint="${endpoint}/v1/traces",
    headers={"x-api-key": "${token}"},
)
provider = TracerProvider()
provider.add_span_processor(BatchSpanProcessor(exporter))
OpenAIInstrumentor().instrument(tracer_provider=provider)

with provider.get_tracer("support").start_as_current_span("Is this thing on?"):
    pass
provider.shutdown()`
}
