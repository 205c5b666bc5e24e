import type { TracerProvider } from '@opentelemetry/api'
import type { SpanProcessor } from '@opentelemetry/sdk-trace-base'

/** Adds processors to a provider that runs: SDK 1 has a method for it, SDK 2 a list. False where it takes none. */
export function addProcessors(provider: TracerProvider, processors: readonly SpanProcessor[]): boolean {
  const add: unknown = Reflect.get(provider, 'addSpanProcessor')
  if (typeof add === 'function') {
    for (const one of processors) Reflect.apply(add, provider, [one])
    return true
  }
  const active: unknown = Reflect.get(provider, '_activeSpanProcessor')
  const list: unknown =
    typeof active === 'object' && active !== null ? Reflect.get(active, '_spanProcessors') : undefined
  if (!Array.isArray(list)) return false
  list.push(...processors)
  return true
}
