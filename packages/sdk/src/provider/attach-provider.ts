import { context, propagation, trace } from '@opentelemetry/api'
import type { TracerProvider } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import { CompositePropagator, W3CBaggagePropagator, W3CTraceContextPropagator } from '@opentelemetry/core'
import type { Resource } from '@opentelemetry/resources'
import {
  BasicTracerProvider,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
} from '@opentelemetry/sdk-trace-base'
import type { Sampler, SpanProcessor } from '@opentelemetry/sdk-trace-base'

import type { Pipeline } from '../delivery/pipeline.ts'
import { addProcessors } from './add-processors.ts'
import { ClewSpanProcessor } from './clew-span-processor.ts'
import { createForwardProvider } from './forward-provider.ts'
import { giveWay } from './give-way.ts'
import { readGlobal } from './otel-globals.ts'

export interface AttachedProvider {
  provider: TracerProvider
  processor: ClewSpanProcessor
  /** False when the application's own provider carries our processor. */
  isOwn: boolean
  /** Whether somebody decides by what a span starts with: a sampler of the application's, or its processors. */
  seesAttributesAtStart: boolean
}

export interface AttachSettings {
  resource: Resource
  sampling: number | Sampler | undefined
  spanProcessors: readonly SpanProcessor[]
  pipelineOf: () => Pipeline | undefined
  /** Called when somebody registers a provider after us and it has been joined. */
  onReplaced: (attached: AttachedProvider) => void
}

/**
 * Joins the provider that is registered, or registers one of our own until another comes. A provider that takes no
 * further processors keeps running; ours then works beside it, in the same traces.
 */
export function attachProvider(settings: AttachSettings): AttachedProvider {
  const existing = findExisting()
  const joined = existing === undefined ? undefined : join(existing, settings)
  registerContext()
  if (joined !== undefined) return joined
  const processor = new ClewSpanProcessor({ isOwn: true, pipelineOf: settings.pipelineOf })
  const provider = new BasicTracerProvider({
    resource: settings.resource,
    spanProcessors: [processor, ...settings.spanProcessors],
    ...(settings.sampling === undefined ? {} : { sampler: toSampler(settings.sampling) }),
    // Long conversations have thousands of attributes; bytes are what we bound.
    spanLimits: {
      attributeCountLimit: 1_000_000,
      eventCountLimit: 10_000,
      attributePerEventCountLimit: 1000,
      linkCountLimit: 1000,
    },
  })
  if (existing === undefined) registerProvider(provider, settings)
  const seesAttributesAtStart = typeof settings.sampling === 'object' || settings.spanProcessors.length > 0
  return { provider, processor, isOwn: true, seesAttributesAtStart }
}

function registerProvider(own: TracerProvider, settings: AttachSettings): void {
  const { provider, forwardTo } = createForwardProvider(own)
  if (!trace.setGlobalTracerProvider(provider)) return
  giveWay('trace', (theirs) => {
    if (!isProvider(theirs)) return
    forwardTo(theirs)
    const joined = join(theirs, settings)
    if (joined !== undefined) settings.onReplaced(joined)
  })
}

/** Context and propagation are no provider's property; of others, whoever came first keeps theirs. */
function registerContext(): void {
  if (readGlobal('context') === undefined) {
    const manager = new AsyncLocalStorageContextManager().enable()
    if (context.setGlobalContextManager(manager)) giveWay('context')
  }
  if (readGlobal('propagation') !== undefined) return
  const propagators = [new W3CTraceContextPropagator(), new W3CBaggagePropagator()]
  if (propagation.setGlobalPropagator(new CompositePropagator({ propagators }))) giveWay('propagation')
}

function findExisting(): TracerProvider | undefined {
  const registered: unknown = trace.getTracerProvider()
  const delegate = hasMethod(registered, 'getDelegate') ? registered.getDelegate() : registered
  if (!isProvider(delegate) || delegate.constructor.name === 'NoopTracerProvider') return undefined
  return delegate
}

function join(provider: TracerProvider, settings: AttachSettings): AttachedProvider | undefined {
  const processor = new ClewSpanProcessor({ isOwn: false, pipelineOf: settings.pipelineOf })
  if (!addProcessors(provider, [processor, ...settings.spanProcessors])) return undefined
  return { provider, processor, isOwn: false, seesAttributesAtStart: true }
}

function toSampler(sampling: number | Sampler): Sampler {
  if (typeof sampling !== 'number') return sampling
  return new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(sampling) })
}

function hasMethod<Name extends string>(
  value: unknown,
  name: Name,
): value is { [name in Name]: (...args: unknown[]) => unknown } & { constructor: { name: string } } {
  return typeof value === 'object' && value !== null && typeof Reflect.get(value, name) === 'function'
}

/** Anything with `getTracer` is a provider to the API. */
function isProvider(value: unknown): value is TracerProvider & { constructor: { name: string } } {
  return hasMethod(value, 'getTracer')
}
