// Renamed, since bundles of Node programs commonly begin with an import of the same name.
import { createRequire as requireFrom } from 'node:module'

import { trace } from '@opentelemetry/api'

import type { ClewTracing } from './clew-tracing.ts'
import { readConfig } from './config/config.ts'
import type { Config } from './config/config.ts'
import { sanitiseOptions } from './config/sanitise-options.ts'
import type { SetupOptions } from './config/setup-options.ts'
import { createReporter } from './delivery/reporter.ts'
import { installModules } from './instrument/install-modules.ts'
import type { LoadedModule } from './instrument/install-modules.ts'
import type { InstallResult } from './instrument/shared/install-result.ts'
import { watchRequires } from './instrument/watch-requires.ts'
import { attachProvider } from './provider/attach-provider.ts'
import { createPipeline, defaultFieldLength } from './provider/create-pipeline.ts'
import { createResource } from './provider/create-resource.ts'
import { installExitHooks } from './provider/exit-hooks.ts'
import { adoptCopy, adoptOwnCopy } from './provider/give-way.ts'
import { sdkState, sdkTracer } from './provider/sdk-state.ts'

/**
 * Starts tracing; usable at once. A second call joins the first, and a provider that is registered already is
 * joined, not replaced. Never throws: what goes wrong is printed once and handed to `onError`.
 */
export function setup(given?: SetupOptions): ClewTracing {
  const { options, warnings } = sanitiseOptions(given)
  try {
    const config = readConfig({ options, env: process.env })
    return config.disabled
      ? inert(config)
      : start({ options, config, warnings: [...warnings, ...config.warnings] })
  } catch (error) {
    const { reporter } = sdkState()
    reporter.report({
      code: 'configuration',
      message: `tracing could not start: ${String(error)}`,
      cause: error,
    })
    return inert(undefined)
  }
}

function start(args: { options: SetupOptions; config: Config; warnings: string[] }): ClewTracing {
  const { options, config, warnings } = args
  const state = sdkState()
  if (state.pipeline === undefined || options.onError !== undefined || config.debug) {
    state.reporter = createReporter({ onError: options.onError, debug: config.debug })
  }
  const loaded = listLoaded()
  state.reporter.guard(() => {
    adoptOwnCopy()
    loaded.forEach(adoptCopy)
  })
  for (const message of warnings) state.reporter.report({ code: 'configuration', message })
  if (state.pipeline === undefined) openPipeline({ options, config })
  else if (state.endpoint !== config.endpoint) {
    const message = `setup() joined the tracing that runs already; spans keep going to ${state.endpoint ?? ''}.`
    state.reporter.report({ code: 'configuration', message })
  }
  state.handles += 1
  const { results, moduleLoaded } = installModules({ options, loaded })
  const unwatch = watchRequires((module) => {
    state.reporter.guard(() => adoptCopy(module))
    state.reporter.guard(() => moduleLoaded(module))
  })
  state.reporter.debug(`tracing ${config.serviceName} to ${config.endpoint}; ${describe(results)}`)
  return createHandle({ config, installResults: results, unwatch })
}

function openPipeline(args: { options: SetupOptions; config: Config }): void {
  const { options, config } = args
  const state = sdkState()
  const resource = createResource(config)
  state.attached ??= attachProvider({
    resource,
    sampling: options.sampling,
    spanProcessors: options.spanProcessors ?? [],
    pipelineOf: () => state.pipeline,
    onReplaced: (attached) => {
      state.attached = attached
    },
  })
  state.fieldLength = options.limits?.fieldLength ?? defaultFieldLength
  state.pipeline = createPipeline({ options, config, resource, reporter: state.reporter })
  state.endpoint = config.endpoint
  if (options.exitHooks !== false) state.removeHooks = installExitHooks(state)
}

function createHandle(args: {
  config: Config
  installResults: readonly InstallResult[]
  unwatch: () => void
}): ClewTracing {
  const { config, installResults, unwatch } = args
  const state = sdkState()
  const { pipeline } = state
  let isOpen = true
  return {
    get tracer() {
      return sdkTracer()
    },
    get provider() {
      return state.attached?.provider ?? trace.getTracerProvider()
    },
    ready: Promise.resolve(),
    endpoint: state.endpoint ?? config.endpoint,
    serviceName: config.serviceName,
    environment: config.environment,
    installResults,
    stats: () => pipeline?.stats ?? { queued: 0, sent: 0, dropped: 0, failed: 0, faults: 0 },
    forceFlush: async () => await pipeline?.flush(10_000),
    shutdown: async (deadlineMs = 5000) => {
      if (!isOpen || pipeline === undefined) return
      isOpen = false
      unwatch()
      state.handles -= 1
      if (state.handles > 0) {
        await pipeline.flush(deadlineMs)
        return
      }
      for (const end of state.pending) state.reporter.guard(end)
      state.pending.clear()
      await pipeline.shutdown(deadlineMs)
      if (state.pipeline !== pipeline) return
      state.removeHooks?.()
      state.removeHooks = undefined
      state.pipeline = undefined
    },
  }
}

/** A handle that does nothing, for OTEL_SDK_DISABLED and for a start that failed. */
function inert(config: Config | undefined): ClewTracing {
  return {
    tracer: trace.getTracer('@clew/sdk'),
    provider: trace.getTracerProvider(),
    ready: Promise.resolve(),
    endpoint: config?.endpoint ?? '',
    serviceName: config?.serviceName ?? '',
    environment: config?.environment,
    installResults: [],
    stats: () => ({ queued: 0, sent: 0, dropped: 0, failed: 0, faults: 0 }),
    forceFlush: () => Promise.resolve(),
    shutdown: () => Promise.resolve(),
  }
}

/** Modules that `require` has loaded, by their files; what ESM has loaded can't be listed. */
function listLoaded(): LoadedModule[] {
  const { cache } = requireFrom(import.meta.url)
  return Object.entries(cache).flatMap(([path, module]) =>
    module?.loaded === true ? [{ path, exports: module.exports as unknown }] : [],
  )
}

function describe(results: readonly InstallResult[]): string {
  return results.length === 0
    ? 'nothing instrumented'
    : results.map(({ name, state }) => `${name} ${state}`).join(', ')
}
