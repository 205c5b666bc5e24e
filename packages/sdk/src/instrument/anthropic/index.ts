import type { ClewTracing } from '../../clew-tracing.ts'
import type { InstallResult } from '../shared/install-result.ts'
import { installAnthropicInstrumentation } from './install.ts'

export { installAnthropicInstrumentation } from './install.ts'
export type { InstallResult } from '../shared/install-result.ts'

/** Records calls through an `@anthropic-ai/sdk` module or its client class in the tracing that `setup` returned. */
export function instrumentAnthropic(module: unknown, _tracing?: ClewTracing): InstallResult {
  return installAnthropicInstrumentation(module)
}
