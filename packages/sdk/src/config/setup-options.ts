import type { Sampler, SpanProcessor } from '@opentelemetry/sdk-trace-base'

import type { ClewTracingError } from '../errors.ts'

/** How much of what people and models said leaves the process: all, none of it, or no identifiers either. */
export type ContentMode = 'full' | 'metadata' | 'off'

export interface PrivacyOptions {
  content?: ContentMode
  /** Attribute keys that stay whatever `content` says; `*` stands for any characters. */
  allow?: readonly string[]
  /** Attribute keys that never leave the process. */
  deny?: readonly string[]
  /** Attribute keys whose values are replaced by an HMAC under `hashKey`. */
  hash?: readonly string[]
  /** The HMAC key; it never leaves the process. */
  hashKey?: string
  /** Redacts secrets (keys, tokens, cards ...) by the default rules. Default true. */
  secrets?: boolean
  /** Redacts e-mail addresses too. Default false. */
  emails?: boolean
  /** Last word on every text that leaves the process. */
  redact?: (text: string, path: string) => string
  /** Tenants whose spans are not sent at all. */
  optOutTenants?: readonly string[]
}

export interface LimitOptions {
  /** Characters of one attribute value; longer ones are cut with a visible marker. Default 1,000,000. */
  fieldLength?: number
  /** Bytes of one span; what exceeds them loses content from the longest field on. Default 8,000,000. */
  spanBytes?: number
  /** Bytes that wait to be sent; beyond them new spans are dropped and counted. Default 64,000,000. */
  queueBytes?: number
}

export interface BatchingOptions {
  /** Most spans in one request. Default 512. */
  maxSpans?: number
  /** Longest time that a finished span waits, in milliseconds. Default 250. */
  intervalMs?: number
}

export interface LiveOptions {
  /**
   * Time that a span runs before its start is told, in milliseconds: one that ends sooner needs no start marker. 0 tells
   * each start at once, at the price of sending most spans twice. Default 80.
   */
  markerMs?: number
  /** Time between growing snapshots of a running span that has changed, in milliseconds. Default 2,000. */
  snapshotMs?: number
  /**
   * Time between repetitions of a running span that has not changed, in milliseconds. After three of them without a
   * sign the span is shown as lost. Default 30,000.
   */
  heartbeatMs?: number
}

/** Modules to instrument, each as the app imported it: the namespace, or the class where there is one. */
export interface InstrumentedModules {
  /** `openai`, or its `OpenAI` class. */
  openai?: unknown
  /** `@anthropic-ai/sdk`, or its `Anthropic` class. */
  anthropic?: unknown
  /** `@langchain/core/callbacks/manager`; LangGraph runs through it too. */
  langchainCallbacksManager?: unknown
  /** `langsmith/experimental/otel/setup`. */
  langsmith?: unknown
  /** `@openai/agents`. */
  openaiAgents?: unknown
  /** `ai` of the Vercel AI SDK. */
  aiSdk?: unknown
  /** `@modelcontextprotocol/sdk`'s client and server modules, one or a list. */
  mcp?: unknown
  /** `@google/genai`. */
  googleGenAI?: unknown
  /** `@aws-sdk/client-bedrock-runtime`. */
  bedrock?: unknown
  /** `@livekit/agents`. */
  livekitAgents?: unknown
  /** `@elevenlabs/client`. */
  elevenlabs?: unknown
  /** `@cursor/sdk`. */
  cursorSdk?: unknown
  /** `@mariozechner/pi-ai`. */
  piAi?: unknown
}

/** Options of `setup`; each beats its environment variables. */
export interface SetupOptions {
  /** Base URL of the OTLP receiver, without `/v1/traces`. */
  endpoint?: string
  token?: string
  serviceName?: string
  serviceVersion?: string
  environment?: string
  /** Prints what the SDK does to stderr. */
  debug?: boolean
  /** `simple` sends each span as soon as it ends. */
  batching?: 'batch' | 'simple' | BatchingOptions
  /** Libraries to instrument, for example `{ openai: OpenAI }`. */
  modules?: InstrumentedModules
  /** Instruments copies of known libraries that are loaded already. Default true. */
  autoInstrument?: boolean
  /** Headers of every request to the endpoint. */
  headers?: { [name: string]: string }
  /** Share of traces to keep, 0 to 1, or a sampler. Default 1. */
  sampling?: number | Sampler
  privacy?: PrivacyOptions
  limits?: LimitOptions
  /** Start markers and snapshots of running spans. Default true. */
  live?: boolean | LiveOptions
  /** Further processors; they see every span of this provider. */
  spanProcessors?: readonly SpanProcessor[]
  /** Sends what is left when the process ends. Default true. */
  exitHooks?: boolean
  onError?: (error: ClewTracingError) => void
}
