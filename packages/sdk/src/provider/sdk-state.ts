import { context, trace } from '@opentelemetry/api'
import type { Context, Tracer, TracerProvider } from '@opentelemetry/api'

import type { Pipeline } from '../delivery/pipeline.ts'
import { createReporter } from '../delivery/reporter.ts'
import type { Reporter } from '../delivery/reporter.ts'
import { sdkName, sdkVersion } from '../version.ts'
import type { AttachedProvider } from './attach-provider.ts'

/** What all copies of the SDK in one process share. */
export interface SdkState {
  attached: AttachedProvider | undefined
  pipeline: Pipeline | undefined
  /** How many handles use the pipeline; the last to shut down closes it. */
  handles: number
  endpoint: string | undefined
  fieldLength: number
  reporter: Reporter
  /** Ends work that only the end of the process or of tracing can end, such as streams nobody read. */
  pending: Set<() => void>
  removeHooks: (() => void) | undefined
  /** LangSmith writes LangChain's runs into our trace itself. */
  hasLangSmithBridge: boolean
  /** Of frameworks that keep their own account of what runs where: the context that theirs says is the active one. */
  frameworks: ((active: Context) => Context | undefined)[]
}

const key = Symbol.for('clew.sdk.state/3')

let known: SdkState | undefined

/** The state of this process; two copies of the package must not trace twice. */
export function sdkState(): SdkState {
  // Asked for several times a span; once made, the state stays the same object.
  if (known !== undefined) return known
  const shared: typeof globalThis & { [key]?: SdkState } = globalThis
  shared[key] ??= {
    attached: undefined,
    pipeline: undefined,
    handles: 0,
    endpoint: undefined,
    fieldLength: 1_000_000,
    reporter: createReporter({ debug: false }),
    pending: new Set(),
    removeHooks: undefined,
    hasLangSmithBridge: false,
    frameworks: [],
  }
  known = shared[key]
  return known
}

let own: { provider: TracerProvider; tracer: Tracer } | undefined

/** A tracer of the provider in use; without set-up, of whatever is registered. */
export function sdkTracer(scope: string = sdkName): Tracer {
  const provider = sdkState().attached?.provider
  if (provider === undefined) return trace.getTracer(scope, sdkVersion)
  if (scope !== sdkName) return provider.getTracer(scope, sdkVersion)
  // Asked for by every span; providers look it up by a text that they put together each time.
  if (own?.provider !== provider) own = { provider, tracer: provider.getTracer(scope, sdkVersion) }
  return own.tracer
}

/** The active context, or the one that a framework's own account puts in its place. */
export function activeContext(): Context {
  const active = context.active()
  const { frameworks, reporter } = sdkState()
  if (frameworks.length === 0) return active
  for (const framework of frameworks) {
    const found = reporter.guard(() => framework(active))
    if (found !== undefined) return found
  }
  return active
}
