import type { TracerProvider } from '@opentelemetry/api'

import type { InstallResult } from '../shared/install-result.ts'
import { installLiveKitAgentsInstrumentation } from './install.ts'

export { installLiveKitAgentsInstrumentation } from './install.ts'
export type { InstallResult } from '../shared/install-result.ts'

/** Records LiveKit Agents in the tracing that `setup` returned; takes the module `@livekit/agents`. */
export function instrumentLiveKitAgents(
  module: unknown,
  tracing?: { provider: TracerProvider },
): InstallResult {
  return installLiveKitAgentsInstrumentation(module, tracing?.provider)
}
