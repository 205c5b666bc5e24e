import {
  ATTR_CLEW_SPAN_KIND,
  ATTR_OPENINFERENCE_SPAN_KIND,
  createPrivacyClassifier,
} from '@clew/semconv/attributes'
import type { Attributes, Context, Span as ApiSpan, SpanContext } from '@opentelemetry/api'
import type { ReadableSpan, Span, SpanProcessor } from '@opentelemetry/sdk-trace-base'

import type { Pipeline } from '../delivery/pipeline.ts'
import type { SpanRecord } from '../delivery/span-record.ts'
import { getIdentity } from '../identity/identity-context.ts'
import { getModelCall } from '../spans/model-call-context.ts'
import { sdkName } from '../version.ts'
import { adaptSpan } from './adapt-span.ts'

const anthropicScope = 'com.anthropic.sdk.typescript'
const mostRemembered = 10_000
/** Another provider's flush has a deadline of its own (half a second in some); ours must not use it up. */
const guestMs = 300
const aiKey = /^(?:gen_ai\.|ai\.|openinference\.|llm\.|traceloop\.|langfuse\.|mastra\.|lmnr\.)/

/**
 * Puts identity on spans and feeds the pipeline in force. It stays on its provider for good, past shutdown and
 * another `setup`. In a provider that isn't ours it follows only traces in which
 * an AI span started, and keeps what it adds off the spans that others export.
 */
export class ClewSpanProcessor implements SpanProcessor {
  readonly #isOwn: boolean
  readonly #pipelineOf: () => Pipeline | undefined
  readonly #extras = new WeakMap<object, Attributes>()
  readonly #traces = new Set<string>()
  readonly #leftOut = new Map<string, SpanContext>()
  #classOf: ReturnType<typeof createPrivacyClassifier> | undefined

  constructor(args: { isOwn: boolean; pipelineOf: () => Pipeline | undefined }) {
    this.#isOwn = args.isOwn
    this.#pipelineOf = args.pipelineOf
  }

  onStart(span: Span, parentContext: Context): void {
    try {
      this.#start(span, parentContext)
    } catch {
      // A span without identity or marker beats an exception in the application.
    }
  }

  onEnd(span: ReadableSpan): void {
    try {
      const { spanId, traceId } = span.spanContext()
      if (this.#leftOut.has(spanId)) return
      if (this.#isOwn || this.#traces.has(traceId)) this.#pipelineOf()?.spanEnded(this.#recordOf(span))
    } catch {
      // As above.
    }
  }

  forceFlush(): Promise<void> {
    return this.#pipelineOf()?.flush(this.#isOwn ? 10_000 : guestMs) ?? Promise.resolve()
  }

  /** The provider's owner may shut it down; tracing ends by its own handle. */
  shutdown(): Promise<void> {
    return this.forceFlush()
  }

  /** Where to put content for Clew alone; absent in our own provider, where the span itself takes it. */
  extraOf(span: ApiSpan): Attributes | undefined {
    return this.#extras.get(span)
  }

  /** Leaves out a span that records the same call as one of ours; what hangs on it moves to ours. */
  leaveOut(spanId: string, instead: SpanContext): void {
    remember(this.#leftOut, spanId, instead)
    this.#pipelineOf()?.forget(spanId)
  }

  /** Whether an attribute carries what people or models said. */
  isContent(key: string): boolean {
    this.#classOf ??= createPrivacyClassifier()
    return this.#classOf(key) === 'content'
  }

  #start(span: Span, parentContext: Context): void {
    const { spanId, traceId } = span.spanContext()
    const scope = adaptSpan(span).instrumentationScope.name
    const call = scope.startsWith(anthropicScope) ? getModelCall(parentContext) : undefined
    if (call !== undefined) {
      remember(this.#leftOut, spanId, call.spanContext)
      return
    }
    const identity = getIdentity(parentContext)
    if (!this.#isOwn) {
      this.#extras.set(span, {})
      if (identity !== undefined || isAiSpan(span, scope)) remember(this.#traces, traceId)
    }
    if (identity !== undefined) this.#addIdentity(span, identity)
    if (this.#isOwn || this.#traces.has(traceId)) this.#pipelineOf()?.spanStarted(this.#recordOf(span))
  }

  #addIdentity(span: Span, identity: Attributes): void {
    const { name } = adaptSpan(span).instrumentationScope
    const extra = name.startsWith(sdkName) ? undefined : this.#extras.get(span)
    for (const key in identity) {
      const value = identity[key]
      if (value === undefined || key in span.attributes) continue
      if (extra === undefined) span.setAttribute(key, value)
      else extra[key] = value
    }
  }

  #recordOf(original: ReadableSpan): SpanRecord {
    const extra = this.#extras.get(original)
    const span = adaptSpan(original)
    const parentId = span.parentSpanContext?.spanId
    const parent = parentId === undefined ? undefined : this.#leftOut.get(parentId)
    const record: SpanRecord = { span }
    if (extra !== undefined) record.extra = extra
    if (parent !== undefined) record.parentSpanContext = parent
    return record
  }
}

function isAiSpan(span: Span, scope: string): boolean {
  if (scope.startsWith(sdkName)) return true
  if (ATTR_OPENINFERENCE_SPAN_KIND in span.attributes || ATTR_CLEW_SPAN_KIND in span.attributes) return true
  return Object.keys(span.attributes).some((key) => aiKey.test(key))
}

function remember(store: Set<string>, key: string): void
function remember(store: Map<string, SpanContext>, key: string, value: SpanContext): void
function remember(store: Set<string> | Map<string, SpanContext>, key: string, value?: SpanContext): void {
  if (store.size >= mostRemembered) {
    const oldest = store.keys().next()
    if (oldest.done !== true) store.delete(oldest.value)
  }
  if (store instanceof Set) store.add(key)
  else if (value !== undefined) store.set(key, value)
}
