import {
  ATTR_CLEW_TIME_TO_FIRST_TOKEN_MS,
  ATTR_GEN_AI_REQUEST_MODEL,
  ATTR_LLM_MODEL_NAME,
  ATTR_LLM_PROVIDER,
  ATTR_LLM_SYSTEM,
  ATTR_OPENINFERENCE_SPAN_KIND,
} from '@clew/semconv/attributes'
import { context as contextApi, SpanKind, trace } from '@opentelemetry/api'
import type { Attributes, Context, Span, Tracer } from '@opentelemetry/api'

import { LightContext } from '../../provider/light-context.ts'
import { activeContext, sdkState } from '../../provider/sdk-state.ts'
import { getModelCall, setModelCall } from '../../spans/model-call-context.ts'
import { SpanHandle } from '../../spans/span-handle.ts'
import { writeAttributes } from '../../spans/write-attributes.ts'

export interface ModelCallStart {
  tracer: Tracer
  operation: 'chat' | 'embeddings' | 'rerank'
  model: string | undefined
  system: string
  provider?: string | undefined
  /** The context to start in; by default the active one. */
  parent?: Context | undefined
}

const kinds = { chat: 'LLM', embeddings: 'EMBEDDING', rerank: 'RERANKER' } as const

/** Whether a layer above records the very call that is about to be made. */
export function isRecordedAbove(parent: Context = activeContext()): boolean {
  return getModelCall(parent) !== undefined
}

/**
 * One call of a model and its span. It ends once, by whichever of `finish`, `fail` and `abandon` comes first;
 * nothing in it ever throws.
 */
export class ModelCall {
  readonly span: Span
  /** In which the call's own work runs. */
  readonly context: Context
  readonly #startedAt = performance.now()
  readonly #handle: SpanHandle
  #isEnded = false
  #hasFirstToken = false
  #refresh: (() => void) | undefined
  #onEnd: (() => void) | undefined

  constructor(start: ModelCallStart) {
    const { tracer, operation, model, system } = start
    const parent = start.parent ?? activeContext()
    this.span = tracer.startSpan(
      model === undefined ? operation : `${operation} ${model}`,
      {
        kind: SpanKind.CLIENT,
        attributes: {
          [ATTR_OPENINFERENCE_SPAN_KIND]: kinds[operation],
          ...(model === undefined
            ? {}
            : { [ATTR_LLM_MODEL_NAME]: model, [ATTR_GEN_AI_REQUEST_MODEL]: model }),
          [ATTR_LLM_SYSTEM]: system,
          [ATTR_LLM_PROVIDER]: start.provider ?? system,
        },
      },
      parent,
    )
    this.context = setModelCall(trace.setSpan(LightContext.from(parent), this.span), {
      spanContext: this.span.spanContext(),
      system,
    })
    this.#handle = new SpanHandle(this.span)
  }

  /** Whether anybody will see what is recorded; building messages is worth it only then. */
  get isRecording(): boolean {
    return this.span.isRecording()
  }

  /** Runs the library's own work with this span active. */
  run<Result>(work: () => Result): Result {
    return contextApi.with(this.context, work)
  }

  /** Builds and writes attributes; a fault while reading foreign values is contained. */
  write(build: () => Attributes): void {
    if (this.#isEnded || !this.isRecording) return
    sdkState().reporter.guard(() => writeAttributes(this.span, build()))
  }

  firstToken(): void {
    if (this.#hasFirstToken) return
    this.#hasFirstToken = true
    const elapsedMs = performance.now() - this.#startedAt
    this.write(() => ({ [ATTR_CLEW_TIME_TO_FIRST_TOKEN_MS]: Math.round(elapsedMs * 100) / 100 }))
  }

  /** A stream is being read: its content so far goes into snapshots, and it ends with the process at the latest. */
  streaming(build: () => Attributes): void {
    const state = sdkState()
    this.#refresh = () => this.write(build)
    state.pipeline?.onSnapshot(this.span.spanContext(), this.#refresh)
    const abandon = (): void => this.abandon(build)
    state.pending.add(abandon)
    this.#onEnd = () => state.pending.delete(abandon)
  }

  finish(build?: () => Attributes): void {
    if (build !== undefined) this.write(build)
    this.#end(() => this.#handle.end())
  }

  fail(error: unknown, build?: () => Attributes): void {
    if (build !== undefined) this.write(build)
    if (!this.#isEnded) this.#handle.recordError(error)
    this.#end(() => this.#handle.end())
  }

  /** The caller stopped reading; what came until then is kept, and how it would have ended is unknown. */
  abandon(build?: () => Attributes): void {
    if (build !== undefined) this.write(build)
    this.#end(() => this.span.end())
  }

  #end(end: () => void): void {
    if (this.#isEnded) return
    this.#isEnded = true
    this.#onEnd?.()
    sdkState().reporter.guard(end)
  }
}
