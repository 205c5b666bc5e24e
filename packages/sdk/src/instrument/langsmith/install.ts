import { trace } from '@opentelemetry/api'
import type { TracerProvider } from '@opentelemetry/api'

import { setLangSmithMode } from '../../config/config.ts'
import { sdkState } from '../../provider/sdk-state.ts'
import { methodOf } from '../shared/foreign.ts'
import { installSafely, installed, notInstalled } from '../shared/install-result.ts'
import type { InstallResult } from '../shared/install-result.ts'

const name = 'langsmith'

/**
 * Has LangSmith's tracing write into our trace by its own OpenTelemetry mode; takes the module
 * `langsmith/experimental/otel/setup`. Where LangSmith tracing is on, it goes on to LangSmith too.
 */
export function installLangSmith(module: unknown, provider?: TracerProvider): InstallResult {
  return installSafely(name, () => {
    const initialise = methodOf(module, 'initializeOTEL')
    if (initialise === undefined) {
      return notInstalled({ name, reason: 'this is not the module langsmith/experimental/otel/setup' })
    }
    const isTracing = setLangSmithMode()
    initialise({
      globalTracerProvider: provider ?? sdkState().attached?.provider ?? trace.getTracerProvider(),
      skipGlobalContextManagerSetup: true,
    })
    if (!isTracing) {
      const reason = 'LangSmith traces nothing as long as LANGSMITH_TRACING is not "true"'
      return notInstalled({ name, reason })
    }
    sdkState().hasLangSmithBridge = true
    return installed(name)
  })
}
