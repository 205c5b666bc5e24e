import type { InstallResult } from '../shared/install-result.ts'
import { toTracer } from '../shared/to-tracer.ts'
import type { TracingInput } from '../shared/to-tracer.ts'
import { installAnthropicInstrumentation } from './install.ts'

export { installAnthropicInstrumentation } from './install.ts'
export type { InstallResult } from '../shared/install-result.ts'

/** Records calls through an `@anthropic-ai/sdk` module or its client class in the tracing that `setup` returned. */
export function instrumentAnthropic(module: unknown, tracing?: TracingInput): InstallResult {
  return installAnthropicInstrumentation(module, toTracer(tracing))
}
