import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

/**
 * What is measured, by name. Each returns `{ manualSpan, agentSpan, instrumentOpenAI?, flush }`; `mode` is `record`
 * (spans are made and dropped) or `deliver` (they go to a receiver over OTLP/HTTP).
 */
export const implementations = {
  plain: async () => ({
    manualSpan: runPlain,
    agentSpan: runPlain,
    instrumentOpenAI() {},
    flush: async () => {},
  }),
  otel: async ({ sdkFolder, mode, endpoint }) => {
    const load = loader(sdkFolder)
    const { provider, tracer } = await startOtel({ load, mode, endpoint })
    const api = await load('@opentelemetry/api')
    const run = rawSpan({ api, tracer })
    return {
      manualSpan: (options, fn) => run(options, options.spanKind ?? 'CHAIN', fn),
      agentSpan: (options, fn) => run(options, 'AGENT', fn),
      flush: () => provider.forceFlush(),
    }
  },
  peer: async ({ peerFolder, mode, endpoint }) => {
    const load = loader(peerFolder)
    const peer = await load('@inference/tracing')
    const { installOpenAIInstrumentation } = await load('@inference/tracing/openai')
    const { provider, tracer } =
      mode === 'deliver'
        ? await peer.setup({ endpoint, serviceName: 'bench', autoInstrument: false })
        : await startOtel({ load, mode, endpoint })
    return {
      manualSpan: (options, fn) => peer.manualSpan(tracer, options, fn),
      agentSpan: (options, fn) => peer.agentSpan(tracer, options, fn),
      instrumentOpenAI: (client) => installOpenAIInstrumentation(client, tracer),
      flush: () => provider.forceFlush(),
    }
  },
  clew: async ({ sdkFolder, mode, endpoint }) => {
    const clew = await import(pathToFileURL(join(sdkFolder, 'dist/index.js')))
    const { installOpenAIInstrumentation } = await import(
      pathToFileURL(join(sdkFolder, 'dist/instrument/openai/index.js'))
    )
    if (mode === 'deliver') {
      const tracing = clew.setup({ endpoint, serviceName: 'bench', autoInstrument: false, exitHooks: false })
      return {
        manualSpan: clew.manualSpan,
        agentSpan: clew.agentSpan,
        instrumentOpenAI: (client) => installOpenAIInstrumentation(client),
        flush: () => tracing.forceFlush(),
        stats: () => tracing.stats(),
      }
    }
    const { provider, tracer } = await startOtel({ load: loader(sdkFolder), mode, endpoint })
    return {
      manualSpan: (options, fn) => clew.manualSpan(tracer, options, fn),
      agentSpan: (options, fn) => clew.agentSpan(tracer, options, fn),
      instrumentOpenAI: (client) => installOpenAIInstrumentation(client, tracer),
      flush: () => provider.forceFlush(),
    }
  },
}

/** Modules as a package's own folder resolves them, so that each implementation has its OpenTelemetry. */
function loader(folder) {
  const { resolve } = createRequire(join(folder, 'package.json'))
  return (name) => import(pathToFileURL(resolve(name)))
}

async function startOtel({ load, mode, endpoint }) {
  const { trace, context } = await load('@opentelemetry/api')
  const sdk = await load('@opentelemetry/sdk-trace-base')
  const { AsyncLocalStorageContextManager } = await load('@opentelemetry/context-async-hooks')
  const provider = new sdk.BasicTracerProvider({
    spanProcessors: [await createProcessor({ sdk, load, mode, endpoint })],
  })
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
  trace.setGlobalTracerProvider(provider)
  return { provider, tracer: provider.getTracer('bench') }
}

async function createProcessor({ sdk, load, mode, endpoint }) {
  if (mode === 'record') {
    const exporter = {
      export: (_spans, done) => done({ code: 0 }),
      shutdown: async () => {},
      forceFlush: async () => {},
    }
    return new sdk.SimpleSpanProcessor(exporter)
  }
  const { OTLPTraceExporter } = await load('@opentelemetry/exporter-trace-otlp-http')
  const exporter = new OTLPTraceExporter({ url: `${endpoint}/v1/traces`, compression: 'gzip' })
  return new sdk.BatchSpanProcessor(exporter, {
    maxQueueSize: 1 << 20,
    maxExportBatchSize: 512,
    scheduledDelayMillis: 250,
  })
}

const silent = { setInput() {}, setOutput() {}, setAttribute() {}, recordTokens() {} }

async function runPlain(_options, fn) {
  return fn(silent)
}

const text = (value) => (typeof value === 'string' ? value : JSON.stringify(value))

/** The same attributes by hand: what any SDK on OpenTelemetry has to pay. */
function rawSpan({ api, tracer }) {
  return (options, kind, fn) =>
    tracer.startActiveSpan(
      options.spanName ?? options.agentId,
      { kind: api.SpanKind.INTERNAL },
      async (span) => {
        span.setAttribute('openinference.span.kind', kind)
        if (options.toolName) span.setAttribute('tool.name', options.toolName)
        if (options.toolCallId) span.setAttribute('tool_call.id', options.toolCallId)
        if (options.agentId) span.setAttribute('agent.id', options.agentId)
        if (options.agentName) span.setAttribute('agent.name', options.agentName)
        if (options.sessionId) span.setAttribute('session.id', options.sessionId)
        if (options.attributes) span.setAttributes(options.attributes)
        if (options.input !== undefined) {
          span.setAttribute('input.value', text(options.input))
          span.setAttribute(
            'input.mime_type',
            typeof options.input === 'string' ? 'text/plain' : 'application/json',
          )
        }
        try {
          const result = await fn({
            setInput: (value) => span.setAttribute('input.value', text(value)),
            setOutput: (value) => {
              span.setAttribute('output.value', text(value))
              span.setAttribute(
                'output.mime_type',
                typeof value === 'string' ? 'text/plain' : 'application/json',
              )
            },
            setAttribute: (key, value) => span.setAttribute(key, value),
            recordTokens: (tokens) => {
              for (const key in tokens) span.setAttribute(`llm.token_count.${key}`, tokens[key])
            },
          })
          span.setStatus({ code: api.SpanStatusCode.OK })
          return result
        } finally {
          span.end()
        }
      },
    )
}
