import type { InstallResult } from '../shared/install-result.ts'
import { toTracer } from '../shared/to-tracer.ts'
import type { TracingInput } from '../shared/to-tracer.ts'
import { installGoogleGenAIInstrumentation } from './install.ts'

export { installGoogleGenAIInstrumentation } from './install.ts'
export type { InstallResult } from '../shared/install-result.ts'

/** Records calls through the module `@google/genai`. */
export function instrumentGoogleGenAI(module: unknown, tracing?: TracingInput): InstallResult {
  return installGoogleGenAIInstrumentation(module, toTracer(tracing))
}
