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

import { ClewSpanProcessor } from './clew-span-processor.ts'

export interface AttachedProvider {
  provider: TracerProvider
  processor: ClewSpanProcessor
  /** False when the application's own provider carries our processor. */
  isOwn: boolean
}

/**
 * Joins the provider that is registered, or registers one of our own. A provider that takes no further
 * processors keeps running; ours then works beside it, in the same traces.
 */
export function attachProvider(args: {
  resource: Resource
  sampling: number | Sampler | undefined
  spanProcessors: readonly SpanProcessor[]
}): AttachedProvider {
  const existing = findExisting()
  const joined = existing === undefined ? undefined : join(existing, args.spanProcessors)
  registerContext()
  if (joined !== undefined) return joined
  const processor = new ClewSpanProcessor({ isOwn: true })
  const provider = new BasicTracerProvider({
    resource: args.resource,
    spanProcessors: [processor, ...args.spanProcessors],
    ...(args.sampling === undefined ? {} : { sampler: toSampler(args.sampling) }),
    // Long conversations have thousands of attributes; bytes are what we bound.
    spanLimits: {
      attributeCountLimit: 1_000_000,
      eventCountLimit: 10_000,
      attributePerEventCountLimit: 1000,
      linkCountLimit: 1000,
    },
  })
  if (existing === undefined) trace.setGlobalTracerProvider(provider)
  return { provider, processor, isOwn: true }
}

/** Context and propagation are no provider's property; whoever came first keeps theirs. */
function registerContext(): void {
  if (!isRegistered('context'))
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
  if (isRegistered('propagation')) return
  const propagators = [new W3CTraceContextPropagator(), new W3CBaggagePropagator()]
  propagation.setGlobalPropagator(new CompositePropagator({ propagators }))
}

/** The API has no question for this, and answers a second registration with an error in the log. */
function isRegistered(name: 'context' | 'propagation'): boolean {
  const globals: unknown = Reflect.get(globalThis, Symbol.for('opentelemetry.js.api.1'))
  return typeof globals === 'object' && globals !== null && Reflect.get(globals, name) !== undefined
}

function findExisting(): TracerProvider | undefined {
  const registered: unknown = trace.getTracerProvider()
  const delegate = hasMethod(registered, 'getDelegate') ? registered.getDelegate() : registered
  if (!hasMethod(delegate, 'getTracer')) return undefined
  if (delegate.constructor.name === 'NoopTracerProvider') return undefined
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- anything with getTracer is a provider to the API
  return delegate as unknown as TracerProvider
}

function join(provider: TracerProvider, further: readonly SpanProcessor[]): AttachedProvider | undefined {
  const processor = new ClewSpanProcessor({ isOwn: false })
  if (hasMethod(provider, 'addSpanProcessor')) {
    for (const one of [processor, ...further]) provider.addSpanProcessor(one)
    return { provider, processor, isOwn: false }
  }
  const active: unknown = Reflect.get(provider, '_activeSpanProcessor')
  const list: unknown =
    typeof active === 'object' && active !== null ? Reflect.get(active, '_spanProcessors') : undefined
  if (!Array.isArray(list)) return undefined
  list.push(processor, ...further)
  return { provider, processor, isOwn: false }
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
