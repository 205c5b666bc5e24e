import { trace } from '@opentelemetry/api'
import type { Context, TracerProvider } from '@opentelemetry/api'
import type { SpanProcessor } from '@opentelemetry/sdk-trace-base'

import { addProcessors } from '../../provider/add-processors.ts'
import { sdkState } from '../../provider/sdk-state.ts'
import { setModelCall } from '../../spans/model-call-context.ts'
import { member, methodOf } from '../shared/foreign.ts'
import { installSafely, installed, notInstalled } from '../shared/install-result.ts'
import type { InstallResult } from '../shared/install-result.ts'

const name = 'livekitAgents'
const scope = 'livekit-agents'
const callNames: ReadonlySet<unknown> = new Set(['llm_request', 'llm_request_run'])

/** Has LiveKit Agents write its own spans into our trace; takes the module `@livekit/agents`. */
export function installLiveKitAgentsInstrumentation(
  module: unknown,
  provider?: TracerProvider,
): InstallResult {
  return installSafely(name, () => {
    const telemetry = member(module, 'telemetry') ?? member(member(module, 'default'), 'telemetry')
    const setProvider = methodOf(telemetry, 'setTracerProvider')
    if (setProvider === undefined) {
      return notInstalled({
        name,
        reason: 'this is not the module @livekit/agents, or a version without telemetry',
      })
    }
    const used = provider ?? sdkState().attached?.provider ?? trace.getTracerProvider()
    // Otherwise it warns that it can't take content off, and sends nothing to LiveKit Cloud.
    const registerSpanProcessor = (processor: SpanProcessor): void => {
      addProcessors(used, [processor])
    }
    setProvider(used, { registerSpanProcessor })
    const { frameworks } = sdkState()
    if (!frameworks.includes(withCallOfLiveKit)) frameworks.push(withCallOfLiveKit)
    return installed(name)
  })
}

/** LiveKit records its model calls itself, so that the client below them records nothing of its own. */
function withCallOfLiveKit(active: Context): Context | undefined {
  const span = trace.getSpan(active)
  if (!callNames.has(member(span, 'name'))) return undefined
  const written = member(span, 'instrumentationScope') ?? member(span, 'instrumentationLibrary')
  if (span === undefined || member(written, 'name') !== scope) return undefined
  return setModelCall(active, { spanContext: span.spanContext(), system: 'livekit' })
}
