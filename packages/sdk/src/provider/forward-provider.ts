import type { Tracer, TracerProvider } from '@opentelemetry/api'

export interface ForwardProvider {
  /** To be registered in place of the one that it forwards to. */
  provider: TracerProvider
  forwardTo: (provider: TracerProvider) => void
}

/**
 * A provider like the given one whose tracers follow to another that comes later: libraries ask for their tracers
 * once, often before the application has registered its own provider.
 */
export function createForwardProvider(first: TracerProvider): ForwardProvider {
  let target = first
  const getTracer: TracerProvider['getTracer'] = (...scope) => toTracer(() => target.getTracer(...scope))
  const provider: unknown = Object.create(first, { getTracer: { value: getTracer } })
  return {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the provider itself, with another getTracer
    provider: provider as TracerProvider,
    forwardTo: (next) => {
      target = next
    },
  }
}

function toTracer(find: () => Tracer): Tracer {
  return {
    startSpan: (...args) => find().startSpan(...args),
    startActiveSpan: (...args: unknown[]) => find().startActiveSpan(...asGiven(args)),
  }
}

/** The arguments of an overload, whichever it was, under the type of the longest. */
function asGiven(args: readonly unknown[]): Parameters<Tracer['startActiveSpan']> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the caller chose them by the overloads
  return args as Parameters<Tracer['startActiveSpan']>
}
