import type { Tracer } from '@opentelemetry/api'
import { trace } from '@opentelemetry/api'

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
}

const key = Symbol.for('clew.sdk.state/1')

/** The state of this process; two copies of the package must not trace twice. */
export function sdkState(): SdkState {
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
  }
  return shared[key]
}

/** A tracer of the provider in use; without set-up, of whatever is registered. */
export function sdkTracer(scope: string = sdkName): Tracer {
  const provider = sdkState().attached?.provider ?? trace.getTracerProvider()
  return provider.getTracer(scope, sdkVersion)
}
